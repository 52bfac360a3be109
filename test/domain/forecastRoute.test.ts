import type { RouteFacts } from '../../domain/facts'
import { type Forecast, forecastRoute } from '../../domain/forecastRoute'
import {
  aContract,
  ann,
  annMail,
  aRoute,
  aStop,
  bothChannels,
  contractsOf,
  factsWith,
  row,
  settingsWith,
  without,
} from './facts'
import { Life } from './life'
import { moment, spoken } from './schedule/week'

const night = { from: '21:00', to: '08:00' }
const planned = { route: aRoute({ status: 'planned', confirmedAt: null, confirmation: 0 }) }

function forecast(change: Partial<RouteFacts> = {}, at = 'Tue 10:00', configured = bothChannels): Forecast {
  return forecastRoute(factsWith({ ...planned, ...change }), moment(at), configured)
}

/** `s1 confirmed sms +1…: send Tue 16:00`, or why not. */
function lines({ notifications }: Forecast): string[] {
  return notifications.map(({ stopId, event, channel, recipient, action, sendAt, reason }) =>
    [
      `${stopId ?? 'route'} ${event} ${channel} ${recipient}:`,
      action,
      ...(sendAt === null ? [] : [spoken(sendAt)]),
      ...(reason === null ? [] : [reason]),
    ].join(' '),
  )
}

function whyNot({ notTold }: Forecast): string[] {
  return notTold.map(({ stopId, contractNumber, event, reason }) => `${stopId} ${contractNumber} ${event}: ${reason}`)
}

test('a planned route tells when each confirmation would go, and that the visit will be told', () => {
  const told = forecast()
  expect(lines(told)).toEqual([
    `s1 confirmed sms ${ann}: send Tue 16:00`,
    `s1 arrived sms ${ann}: send`,
    `s1 departed sms ${ann}: send`,
  ])
  expect(told.notTold).toEqual([])
  expect(lines(forecast({}, 'Tue 16:01'))[0]).toBe(`s1 confirmed sms ${ann}: send Wed 08:00`)
})

test('it says the very words', () => {
  const { notifications } = forecast({ contracts: contractsOf(aContract('C1', [row('email', annMail)])) })
  expect(notifications[0]?.subject).toBe('Your delivery on Wed, Feb 4')
  expect(notifications[0]?.text).toContain('between 12:30 PM and 1:30 PM at 1 Main St')
  expect(notifications[1]?.text).toContain('our truck has arrived at 1 Main St')
})

test('a text that the night keeps back is held until its end', () => {
  const settings = settingsWith({ quietHours: night, confirmation: { policy: 'from_cutoff' } })
  const stops = [aStop({ scheduledAt: moment('Wed 13:00') })]
  expect(lines(forecast({ settings, stops }, 'Tue 22:00')).slice(0, 2)).toEqual([
    `s1 confirmed sms ${ann}: hold Wed 08:00`,
    // Of an arrival by day, however late it is when the forecast is made.
    `s1 arrived sms ${ann}: send`,
  ])
})

test('what the night makes too late is stale, and the customer is listed as not told', () => {
  const settings = settingsWith({ quietHours: night })
  const told = forecast({ settings, stops: [aStop({ scheduledAt: moment('Wed 06:30') })] }, 'Tue 22:30')
  expect(lines(told)[0]).toBe(`s1 confirmed sms ${ann}: suppress stale`)
  expect(whyNot(told)).toEqual(['s1 C1 confirmed: stale'])
})

test('an email for when the text fails waits without a moment, whether the text goes or not', () => {
  const contracts = contractsOf(aContract('C1', [row('sms', ann), row('email', annMail, { onlyIfTextFails: true })]))
  expect(lines(forecast({ contracts }))).toEqual([
    `s1 confirmed sms ${ann}: send Tue 16:00`,
    `s1 confirmed email ${annMail}: hold`,
    `s1 arrived sms ${ann}: send`,
    `s1 arrived email ${annMail}: hold`,
    `s1 departed sms ${ann}: send`,
    `s1 departed email ${annMail}: hold`,
  ])
  const withoutTexts = forecast({ contracts, settings: settingsWith({ smsEnabled: false }) })
  expect(lines(withoutTexts).slice(0, 2)).toEqual([
    `s1 confirmed sms ${ann}: suppress sms_off`,
    `s1 confirmed email ${annMail}: hold`,
  ])
  expect(withoutTexts.notTold).toEqual([])
})

test('an email for when the text fails that could not go either is suppressed once the text is', () => {
  const contracts = contractsOf(aContract('C1', [row('sms', ann), row('email', annMail, { onlyIfTextFails: true })]))
  const optedOut = new Set([`email:${annMail}`])
  expect(lines(forecast({ contracts, optedOut }))[1]).toBe(`s1 confirmed email ${annMail}: hold`)
  const told = forecast({ contracts, optedOut, settings: settingsWith({ smsEnabled: false }) })
  expect(lines(told)[1]).toBe(`s1 confirmed email ${annMail}: suppress opted_out`)
  expect(whyNot(told)[0]).toBe('s1 C1 confirmed: opted_out')
})

test.each<[string, Partial<RouteFacts>, string]>([
  ['the master switch', { settings: settingsWith({ customerNotifications: false }) }, 'notifications_off'],
  ['texts switched off', { settings: settingsWith({ smsEnabled: false }) }, 'sms_off'],
  ['an opt-out', { optedOut: new Set([`sms:${ann}`]) }, 'opted_out'],
])('%s suppresses every message, and the customer is listed for each event', (_what, change, reason) => {
  const told = forecast(change)
  expect(told.notifications.map(({ action, reason: why }) => `${action} ${why}`)).toEqual(
    Array(3).fill(`suppress ${reason}`),
  )
  expect(whyNot(told)).toEqual(['confirmed', 'arrived', 'departed'].map((event) => `s1 C1 ${event}: ${reason}`))
  expect(told.notTold[0]?.reasonText).not.toBe('')
})

test('a channel without a provider suppresses its messages', () => {
  expect(lines(forecast({}, 'Tue 10:00', { sms: false, email: true }))[0]).toContain('suppress channel_not_configured')
})

test('an event that is switched off is suppressed, and nobody is missed for it', () => {
  const told = forecast({ settings: settingsWith(without('arrived')) })
  expect(lines(told)[1]).toBe(`s1 arrived sms ${ann}: suppress event_off`)
  expect(told.notTold).toEqual([])
})

test('a contract without a delivery notification for an event is listed, once for each event that is switched on', () => {
  const contracts = contractsOf(
    aContract('C1', [row('sms', ann, { events: ['confirmed'] })]),
    aContract('C2', []),
    aContract('C3', [row('email', annMail, { events: ['departed'], onlyIfTextFails: true })]),
  )
  const stops = [aStop({ contractNumbers: ['C1', 'C2'] }), aStop({ stopId: 's2', contractNumbers: ['C3'] })]
  const told = forecast({ contracts, stops, settings: settingsWith(without('arrived')) })
  expect(whyNot(told)).toEqual([
    's1 C1 departed: no_delivery_notification',
    's1 C2 confirmed: no_delivery_notification',
    's1 C2 departed: no_delivery_notification',
    's2 C3 confirmed: no_delivery_notification',
    's2 C3 departed: no_delivery_notification',
  ])
  expect(told.notTold.at(-1)?.reasonText).toContain('no text for this event')
})

test('the company’s own people hear of the whole route once, and of each visit', () => {
  const boss = {
    method: 'email' as const,
    address: 'boss@acme.example',
    events: ['confirmed' as const, 'arrived' as const],
  }
  const stops = [aStop(), aStop({ stopId: 's2' })]
  const told = forecast({ stops, settings: settingsWith({ internalRecipients: [boss] }) })
  expect(lines(told).filter((line) => line.includes('boss'))).toEqual([
    'route confirmed email boss@acme.example: send Tue 16:00',
    's1 arrived email boss@acme.example: send',
    's2 arrived email boss@acme.example: send',
  ])
})

test('a message that comes to nothing cannot go', () => {
  const settings = settingsWith()
  const confirmed = { ...settings.events.confirmed, sms: '{{ contract.fields.gate }}' }
  const told = forecast({ settings: { ...settings, events: { ...settings.events, confirmed } } })
  expect(lines(told)[0]).toBe(`s1 confirmed sms ${ann}: suppress content_refused`)
  expect(whyNot(told)).toEqual(['s1 C1 confirmed: content_refused'])
})

test('a route of today goes after its delay, and nothing after its window is of use', () => {
  expect(lines(forecast({}, 'Wed 09:00'))[0]).toBe(`s1 confirmed sms ${ann}: send Wed 09:05`)
  expect(lines(forecast({}, 'Wed 13:26'))[0]).toBe(`s1 confirmed sms ${ann}: suppress stale`)
})

test('of a live route only what is still to come is told', () => {
  const life = new Life(factsWith({ stops: [aStop(), aStop({ stopId: 's2' })] }), 'Tue 10:00').passTo('Wed 13:00')
  life.report('arrived', 's1').rest()
  expect(lines(forecastRoute(life.facts, life.now, bothChannels))).toEqual([
    `s1 departed sms ${ann}: send`,
    `s2 arrived sms ${ann}: send`,
    `s2 departed sms ${ann}: send`,
  ])
  life.report('departed', 's1').report('departed', 's2').rest()
  expect(forecastRoute(life.facts, life.now, bothChannels)).toEqual({ notifications: [], notTold: [] })
})

test('a route confirmed again would tell who has not been told, and of new times who has', () => {
  const life = new Life(factsWith(), 'Tue 10:00').passTo('Tue 17:00').route({ status: 'planned' }).rest()
  life.move('s1', 'Wed 15:00')
  const facts = { ...life.facts, stops: [...life.facts.stops, aStop({ stopId: 's2' })] }
  expect(
    lines(forecastRoute(facts, moment('Tue 18:00'), bothChannels)).filter((line) => !/arr|dep/.test(line)),
  ).toEqual([`s1 updated sms ${ann}: send Tue 18:00`, `s2 confirmed sms ${ann}: send Wed 08:00`])
})

test('a route confirmed again would try again what had failed', () => {
  const life = new Life(factsWith(), 'Tue 10:00')
  life.answer = () => 'permanent'
  life.passTo('Tue 17:00').route({ status: 'planned' }).rest()
  expect(lines(forecastRoute(life.facts, moment('Tue 18:00'), bothChannels))[0]).toBe(
    `s1 confirmed sms ${ann}: send Wed 08:00`,
  )
})

test('a stop that was taken off the route tells nothing, and misses nobody', () => {
  const contracts = contractsOf(aContract('C1', []))
  const told = forecast({ contracts, stops: [aStop({ status: 'cancelled' })] })
  expect(told).toEqual({ notifications: [], notTold: [] })
})

test('a cancelled route tells nothing, and misses nobody', () => {
  const told = forecast({ route: aRoute({ status: 'cancelled' }), contracts: contractsOf(aContract('C1', [])) })
  expect(told).toEqual({ notifications: [], notTold: [] })
})

test('forecasting changes nothing', () => {
  const facts = factsWith(planned)
  const before = structuredClone(facts)
  forecastRoute(facts, moment('Tue 10:00'), bothChannels)
  expect(facts).toEqual(before)
})

test('the longest route is foreseen whole', () => {
  const people = Array.from({ length: 200 }, (_, n) =>
    aContract(`C${n}`, [
      row('sms', `+1512555${String(n).padStart(4, '0')}`),
      row('email', `c${n}@example.com`, { onlyIfTextFails: true }),
    ]),
  )
  const stops = people.map(({ number }, n) =>
    aStop({ stopId: `s${n}`, contractNumbers: [number], scheduledAt: moment('Wed 09:00') + n * 60_000 }),
  )
  const told = forecast({ stops, contracts: contractsOf(...people) })
  expect(told.notifications).toHaveLength(200 * 6)
})
