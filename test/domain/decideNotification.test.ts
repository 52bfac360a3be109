import { decideNotification } from '../../domain/decideNotification'
import type { NotificationRecord, RouteFacts } from '../../domain/facts'
import type { Subject } from '../../domain/subject'
import {
  aNotification,
  ann,
  annMail,
  aRoute,
  aStop,
  attempt,
  bothChannels,
  factsWith,
  settingsWith,
  without,
} from './facts'
import { moment, spoken } from './schedule/week'

const text = { channel: 'sms' as const, address: ann, contractNumbers: ['C1'], internal: false }
const mail = { ...text, channel: 'email' as const, address: annMail }
const told = { window: { start: moment('Wed 12:30'), end: moment('Wed 13:30') }, sequence: 1 }
const night = { from: '21:00', to: '08:00' }

interface Case extends Partial<Omit<Subject, 'stop'>> {
  facts?: Partial<RouteFacts>
  stop?: Parameters<typeof aStop>[0]
  now?: string
  configured?: { sms: boolean; email: boolean }
}

function decide({ facts, stop, now = 'Tue 16:00', configured = bothChannels, ...subject }: Case = {}) {
  const common = {
    event: 'confirmed',
    recipient: text,
    revision: 1,
    told: null,
    notification: null,
    listed: true,
    dropped: false,
  } as const
  const current = factsWith({ stops: [aStop(stop)], ...facts })
  return decideNotification(current, { ...common, stop: aStop(stop), ...subject }, moment(now), configured)
}

/** `send Tue 16:00`, or the reason. */
function outcome(of: Case = {}): string {
  const decision = decide(of)
  return decision.action === 'suppress' ? decision.reason : `${decision.action} ${spoken(decision.at)}`
}

describe('a switch', () => {
  const off: [string, Case][] = [
    ['notifications_off', { facts: { settings: settingsWith({ customerNotifications: false }) } }],
    ['sms_off', { facts: { settings: settingsWith({ smsEnabled: false }) } }],
    ['event_off', { facts: { settings: settingsWith(without('confirmed')) } }],
    ['channel_not_configured', { configured: { sms: false, email: true } }],
    ['opted_out', { facts: { optedOut: new Set([`sms:${ann}`]) } }],
  ]

  test.each(off)('%s suppresses what is due', (reason, change) => {
    expect(outcome(change)).toBe(reason)
  })

  test.each(off)('%s says nothing before that: it may have changed by then', (_, change) => {
    expect(outcome({ ...change, now: 'Tue 15:59' })).toBe('send Tue 16:00')
  })

  test('for texts leaves email alone', () => {
    expect(outcome({ facts: { settings: settingsWith({ smsEnabled: false }) }, recipient: mail })).toBe(
      'send Tue 16:00',
    )
    expect(outcome({ configured: { sms: false, email: true }, recipient: mail })).toBe('send Tue 16:00')
  })

  test("binds the company's own people too, but not their opting out", () => {
    const recipient = { ...text, internal: true }
    const facts = { optedOut: new Set([`sms:${ann}`]) }
    expect(outcome({ recipient, facts, event: 'arrived', stop: { arrivedAt: moment('Tue 16:00') } })).toBe(
      'send Tue 16:00',
    )
    expect(outcome({ recipient, facts: { settings: settingsWith({ customerNotifications: false }) } })).toBe(
      'notifications_off',
    )
  })
})

test('where several reasons hold, the first of the list is given', () => {
  const route = aRoute({ status: 'cancelled' })
  const optedOut = new Set([`sms:${ann}`])
  const everything: Case = {
    facts: {
      route,
      optedOut,
      settings: settingsWith({ customerNotifications: false, smsEnabled: false, ...without('confirmed') }),
    },
    configured: { sms: false, email: false },
    stop: { arrivedAt: moment('Wed 12:00') },
    now: 'Wed 14:00',
  }
  const settings = (change: Parameters<typeof settingsWith>[0]): Case => ({
    ...everything,
    facts: { ...everything.facts, settings: settingsWith(change) },
  })
  expect(outcome(everything)).toBe('notifications_off')
  expect(outcome(settings({ smsEnabled: false, ...without('confirmed') }))).toBe('sms_off')
  expect(outcome(settings(without('confirmed')))).toBe('event_off')
  expect(outcome(settings({}))).toBe('channel_not_configured')
  expect(outcome({ ...settings({}), configured: bothChannels })).toBe('opted_out')
  const reachable = { ...everything, facts: { route }, configured: bothChannels }
  expect(outcome(reachable)).toBe('stale')
  expect(outcome({ ...reachable, now: 'Tue 15:00' })).toBe('cancelled')
  const unconfirmed = { ...reachable, facts: { route: aRoute({ status: 'planned' }) }, now: 'Tue 15:00' }
  expect(outcome(unconfirmed)).toBe('not_confirmed')
  expect(outcome({ ...unconfirmed, stop: { status: 'cancelled' } })).toBe('cancelled')
  expect(outcome({ ...unconfirmed, facts: {} })).toBe('superseded')
})

test('a withdrawn message says so whatever reason comes first', () => {
  const facts = { route: aRoute({ status: 'planned' }), settings: settingsWith({ customerNotifications: false }) }
  expect(decide({ facts })).toMatchObject({ reason: 'notifications_off', withdrawn: true })
  expect(decide({ facts: { settings: facts.settings } })).toMatchObject({
    reason: 'notifications_off',
    withdrawn: false,
  })
})

describe('the plan does not call for', () => {
  const cancelledRoute = { route: aRoute({ status: 'cancelled' }) }
  const planned = { route: aRoute({ status: 'planned' }) }
  const arrivedAt = moment('Wed 13:00')
  test.each<[string, Case, string]>([
    ['a row that was taken off the contract', { listed: false }, 'cancelled'],
    ['a confirmation of a stop off the route', { stop: { status: 'cancelled' } }, 'cancelled'],
    ['a confirmation of a skipped stop', { stop: { status: 'skipped' } }, 'cancelled'],
    ['a confirmation of a route that is not confirmed', { facts: planned }, 'not_confirmed'],
    ['a confirmation after the arrival', { stop: { status: 'arrived', arrivedAt } }, 'superseded'],
    ['a confirmation to somebody who was told otherwise', { told }, 'superseded'],
    [
      'an arrival after the departure',
      { event: 'arrived', stop: { arrivedAt, departedAt: arrivedAt }, now: 'Wed 13:00' },
      'superseded',
    ],
    [
      'an arrival at a stop off the route',
      { event: 'arrived', stop: { status: 'cancelled', arrivedAt }, now: 'Wed 13:00' },
      'cancelled',
    ],
    ['an update to somebody who was told nothing', { event: 'updated' }, 'superseded'],
    ['an update of a stop that is back in its window', { event: 'updated', told }, 'superseded'],
    [
      'an update after the arrival',
      { event: 'updated', told, stop: { scheduledAt: moment('Wed 15:00'), arrivedAt } },
      'superseded',
    ],
    ['a cancellation of a stop that is on the route', { event: 'cancelled', told }, 'superseded'],
    ['a cancellation to somebody who was told nothing', { event: 'cancelled', facts: cancelledRoute }, 'superseded'],
    [
      'a cancellation on a route that was un-confirmed',
      { event: 'cancelled', told, facts: planned, stop: { status: 'cancelled' } },
      'not_confirmed',
    ],
  ])('%s', (_, of, reason) => {
    expect(decide(of)).toMatchObject({ action: 'suppress', reason, withdrawn: true })
  })

  test.each<[string, Case]>([
    [
      'a departure, whatever came before',
      { event: 'departed', stop: { arrivedAt, departedAt: arrivedAt }, now: 'Wed 13:00' },
    ],
    [
      'an update of a stop that moved',
      { event: 'updated', told, stop: { scheduledAt: moment('Wed 15:00') }, now: 'Wed 13:00' },
    ],
    ['a cancellation of the stop', { event: 'cancelled', told, stop: { status: 'cancelled' }, now: 'Wed 13:00' }],
    ['a cancellation of the route', { event: 'cancelled', told, facts: cancelledRoute, now: 'Wed 13:00' }],
  ])('nothing but calls for %s', (_, of) => {
    expect(outcome(of)).toBe('send Wed 13:00')
  })
})

describe('quiet hours', () => {
  const facts = { settings: settingsWith({ quietHours: night }) }
  const late = { facts, now: 'Tue 22:00', told }
  const arrivedAt = moment('Tue 22:00')
  const moved = { scheduledAt: moment('Wed 15:00') }
  test.each<[string, Case, string]>([
    [
      'an arrival whose told window does not touch them',
      { ...late, event: 'arrived', stop: { arrivedAt } },
      'quiet_hours',
    ],
    [
      'an arrival, untold, scheduled in them',
      { ...late, told: null, event: 'arrived', stop: { arrivedAt, scheduledAt: arrivedAt } },
      'send Tue 22:00',
    ],
    ['an arrival by email', { ...late, event: 'arrived', recipient: mail, stop: { arrivedAt } }, 'send Tue 22:00'],
    [
      "a text to the company's own people",
      { ...late, event: 'arrived', recipient: { ...text, internal: true }, stop: { arrivedAt } },
      'send Tue 22:00',
    ],
    ['an update', { ...late, event: 'updated', stop: moved }, 'hold Wed 08:00'],
    [
      'an update to before their end',
      { ...late, event: 'updated', stop: { scheduledAt: moment('Wed 07:00') } },
      'send Tue 22:00',
    ],
    ['a cancellation', { ...late, event: 'cancelled', stop: { status: 'cancelled' } }, 'hold Wed 08:00'],
    [
      'a confirmation',
      { facts: { ...facts, route: aRoute({ confirmedAt: moment('Tue 15:59') }) }, now: 'Tue 22:00' },
      'hold Wed 08:00',
    ],
  ])('%s', (_, of, expected) => {
    expect(outcome(of)).toBe(expected)
  })
})

test('nothing is decided to go while edits are collected', () => {
  const facts = { route: aRoute({ editedAt: moment('Tue 16:00') }) }
  const moved = { scheduledAt: moment('Wed 15:00') }
  expect(outcome({ facts })).toBe('send Tue 16:00:20')
  expect(outcome({ facts, told, event: 'updated', stop: moved })).toBe('send Tue 16:00:20')
})

test('a provider that asked to be tried later is not called before, and a switch says nothing until then', () => {
  const notification = aNotification({
    status: 'sending',
    lastAttempt: attempt('try_later', moment('Tue 16:00'), moment('Tue 16:02')),
  })
  expect(outcome({ notification, now: 'Tue 16:01' })).toBe('send Tue 16:02')
  const facts = { settings: settingsWith({ smsEnabled: false }) }
  expect(outcome({ notification, facts, now: 'Tue 16:01' })).toBe('send Tue 16:02')
  expect(outcome({ notification, facts, now: 'Tue 16:02' })).toBe('sms_off')
  expect(outcome({ notification, now: 'Wed 12:31' })).toBe('stale')
})

test.each(['updated', 'cancelled'] as const)('%s is of no use 12 hours after the windows that it is about', (event) => {
  const stop = event === 'updated' ? { scheduledAt: moment('Wed 15:00') } : { status: 'cancelled' as const }
  const last = event === 'updated' ? 'Thu 03:30' : 'Thu 01:30'
  expect(outcome({ event, told, stop, now: last })).toBe(`send ${last}`)
  expect(outcome({ event, told, stop, now: `${last}:01` })).toBe('stale')
})

describe('the window that a message speaks of', () => {
  const window = (of: Case) => {
    const found = decide(of).window
    return found === null ? null : `${spoken(found.start)} to ${spoken(found.end)}`
  }
  const moved = { scheduledAt: moment('Wed 15:00') }

  test('is the planned one for a confirmation and an update, the told one for the rest', () => {
    expect(window({ stop: moved })).toBe('Wed 14:30 to Wed 15:30')
    expect(window({ event: 'updated', told, stop: moved })).toBe('Wed 14:30 to Wed 15:30')
    expect(window({ event: 'arrived', told, stop: moved })).toBe('Wed 12:30 to Wed 13:30')
    expect(window({ event: 'cancelled', told, stop: moved })).toBe('Wed 12:30 to Wed 13:30')
    expect(window({ event: 'departed', stop: moved })).toBe('Wed 14:30 to Wed 15:30')
  })

  test('of an email that may be out stays as it was while it holds; after that the email is withdrawn', () => {
    const notification: NotificationRecord = aNotification({
      channel: 'email',
      status: 'sending',
      lastAttempt: attempt('unknown', 0, 0),
    })
    const shifted = { notification, recipient: mail, stop: { scheduledAt: moment('Wed 13:20') } }
    expect(window(shifted)).toBe('Wed 12:30 to Wed 13:30')
    expect(outcome(shifted)).toMatch(/^send/)
    expect(outcome({ ...shifted, stop: moved })).toBe('superseded')
  })
})
