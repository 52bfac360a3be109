import type { HandOffRecord, RouteFacts } from '../../domain/facts'
import { handOffDecision, handOffSteps } from '../../domain/handOff'
import { fingerprintOf, handOffDocument, whyNoHandOff } from '../../domain/handOffDocument'
import { aRoute, aStop, factsWith, settingsWith } from './facts'
import { moment, spoken } from './schedule/week'

const device = { vendor: 'generic', deviceId: 'd1' } as const
const truck = { truckId: 'T1', name: 'Truck 1', device }
const seconds = 1_000

/** A route of Wednesday on a truck with a generic device, confirmed on Tuesday at 10:00: due on Tuesday at 16:00. */
function factsOf(route: Partial<RouteFacts['route']> = {}, change: Partial<RouteFacts> = {}): RouteFacts {
  return factsWith({ route: aRoute({ truck, ...route }), handsOffTo: ['generic', 'samsara'], ...change })
}

const fingerprint = (facts: RouteFacts) => {
  const document = handOffDocument(facts, 'd1')
  return document && fingerprintOf(document)
}

/** What the vendor of d1 took of these facts. */
function taken(facts: RouteFacts, change: Partial<HandOffRecord> = {}): HandOffRecord {
  const sent = fingerprint(facts)
  return {
    id: 'h1',
    ...device,
    state: 'handed_over',
    sent,
    tried: sent,
    retryAt: null,
    wasTaken: true,
    mayBeThere: true,
    lastAttempt: { at: moment('Tue 16:00'), outcome: 'accepted' },
    ...change,
  }
}

/** A first call of which nobody knows, and which is repeated at 16:10. */
function inDoubt(facts: RouteFacts, change: Partial<HandOffRecord> = {}): HandOffRecord {
  return taken(facts, {
    state: 'failed',
    sent: null,
    wasTaken: false,
    retryAt: moment('Tue 16:10'),
    lastAttempt: { at: moment('Tue 16:00'), outcome: 'unknown' },
    ...change,
  })
}

function decide(facts: RouteFacts, stored: HandOffRecord | null, now: string): string {
  const decision = handOffDecision(facts, device, stored, moment(now))
  if (decision.action === 'none') return 'none'
  return `${decision.action} ${decision.at <= moment(now) ? 'now' : spoken(decision.at)}`
}

describe('when a route is handed over', () => {
  test('one of today when its delay has passed', () => {
    const facts = factsOf({ confirmedAt: moment('Wed 09:00') })
    expect(decide(facts, null, 'Wed 09:00')).toBe('hand_over Wed 09:05')
    expect(decide(facts, null, 'Wed 09:05')).toBe('hand_over now')
  })

  test.each([
    ['at the cutoff', {}, 'Tue 10:00', 'Tue 16:00'],
    ['at once until the cutoff', { confirmation: { policy: 'until_cutoff' } }, 'Tue 10:00', 'Tue 10:00'],
    ['on the next open day after it', {}, 'Tue 17:00', 'Wed 08:00'],
    ['not by quiet hours', { quietHours: { from: '15:00', to: '08:00' } }, 'Tue 10:00', 'Tue 16:00'],
  ] as const)('one of a later day when its first confirmation is due: %s', (_, change, confirmed, due) => {
    const settings = settingsWith(change as Parameters<typeof settingsWith>[0])
    const facts = factsOf({ confirmedAt: moment(confirmed) }, { settings })
    const decision = handOffDecision(facts, device, null, moment(confirmed))
    expect(decision.action === 'none' ? 'none' : spoken(decision.at)).toBe(due)
  })

  test('never too late: the earliest of its stops decides', () => {
    const stops = [
      aStop({ scheduledAt: moment('Wed 13:00') }),
      aStop({ stopId: 's2', scheduledAt: moment('Wed 06:30') }),
    ]
    const facts = factsOf({ confirmedAt: moment('Tue 18:00') }, { stops })
    expect(decide(facts, null, 'Tue 18:00')).toBe('hand_over now')
  })

  test('at once when no customer can be told in time any more: the truck needs it all the same', () => {
    const facts = factsOf(
      { confirmedAt: moment('Tue 18:00') },
      { stops: [aStop({ scheduledAt: moment('Tue 17:00') })] },
    )
    expect(decide(facts, null, 'Tue 18:00')).toBe('hand_over now')
  })

  test('not before edits have settled', () => {
    const editedAt = moment('Tue 16:00') - 5 * seconds
    expect(decide(factsOf({ editedAt }), null, 'Tue 16:00')).toBe('hand_over Tue 16:00:15')
  })

  test('not to a vendor that the company has no account with, nor to Traccar', () => {
    expect(decide(factsOf({}, { handsOffTo: [] }), null, 'Tue 16:00')).toBe('none')
    const traccar = { ...truck, device: { vendor: 'traccar', deviceId: 'd1' } } as const
    expect(handOffSteps(factsOf({ truck: traccar }), moment('Tue 16:00'))).toEqual([])
  })

  test('with one stop not to Samsara, which takes no such route', () => {
    const samsara = { ...truck, device: { vendor: 'samsara', deviceId: 'd1' } } as const
    const location = { latitude: 30, longitude: -97 }
    const one = factsOf({ truck: samsara }, { stops: [aStop({ location })] })
    expect(handOffSteps(one, moment('Tue 16:00'))).toEqual([])
    expect(whyNoHandOff(one)).toBe('Samsara takes routes of at least 2 stops, and this one has 1.')
    const two = factsOf({ truck: samsara }, { stops: [aStop({ location }), aStop({ stopId: 's2', location })] })
    expect(handOffSteps(two, moment('Tue 16:00'))).toMatchObject([{ action: 'hand_over', stored: null }])
  })

  test.each(['planned', 'completed', 'cancelled'] as const)('not while it is %s', (status) => {
    expect(decide(factsOf({ status }), null, 'Tue 16:00')).toBe('none')
  })
})

describe('once it is there', () => {
  test('nothing is said as long as nothing changes', () => {
    const facts = factsOf()
    expect(decide(facts, taken(facts), 'Wed 12:00')).toBe('none')
  })

  test.each([
    ['a moved stop', { stops: [aStop({ scheduledAt: moment('Wed 15:00') })] }],
    ['another address', { stops: [aStop({ address: '2 Main St' })] }],
    ['an added stop', { stops: [aStop(), aStop({ stopId: 's2' })] }],
    ['a removed stop', { stops: [aStop({ status: 'cancelled' }), aStop({ stopId: 's2' })] }],
  ] as const)('%s is an update, when edits have settled', (_, change) => {
    const before = factsOf()
    const editedAt = moment('Tue 17:00')
    const after = factsOf({ editedAt }, { stops: [...change.stops] })
    expect(decide(after, taken(before), 'Tue 17:00')).toBe('update Tue 17:00:20')
    expect(decide(factsOf({}, { stops: [...change.stops] }), taken(before), 'Tue 17:01')).toBe('update now')
  })

  test('what customers are told, and what a driver has done, is no news to the vendor', () => {
    const before = factsOf()
    const after = factsOf(
      { status: 'in_progress', driverName: 'Dan' },
      { stops: [aStop({ status: 'arrived', arrivedAt: moment('Wed 13:00'), contractNumbers: ['C1', 'C2'] })] },
    )
    expect(decide(after, taken(before), 'Wed 13:00')).toBe('none')
  })

  test.each(['planned', 'cancelled'] as const)('a route that is %s is withdrawn at once', (status) => {
    expect(decide(factsOf({ status }), taken(factsOf()), 'Tue 17:00')).toBe('withdraw now')
  })

  test('a completed route stays as it was', () => {
    expect(decide(factsOf({ status: 'completed' }), taken(factsOf()), 'Wed 17:00')).toBe('none')
  })

  test('another device: the old one forgets it, and the new one is told when edits have settled', () => {
    const other = { ...truck, truckId: 'T2', device: { vendor: 'generic', deviceId: 'd2' } } as const
    const facts = factsOf({ truck: other }, { handOffs: [taken(factsOf())] })
    expect(handOffSteps(facts, moment('Tue 17:00'))).toMatchObject([
      { action: 'withdraw', device: { deviceId: 'd1' } },
      { action: 'hand_over', device: { deviceId: 'd2' }, stored: null },
    ])
  })

  test('a route that the vendor cannot hold any more stays there: arrivals come from there', () => {
    const samsara = { vendor: 'samsara', deviceId: 'd1' } as const
    const facts = factsOf({ truck: { ...truck, device: samsara } })
    expect(handOffDecision(facts, samsara, taken(facts, samsara), moment('Tue 17:00'))).toEqual({ action: 'none' })
  })
})

describe('a call that did not succeed', () => {
  const facts = factsOf()

  test('is repeated at its time', () => {
    expect(decide(facts, inDoubt(facts), 'Tue 16:05')).toBe('hand_over Tue 16:10')
  })

  test('of unknown outcome waits also when there is something else to say', () => {
    const moved = factsOf({}, { stops: [aStop({ scheduledAt: moment('Wed 15:00') })] })
    expect(decide(moved, inDoubt(facts), 'Tue 16:05')).toBe('hand_over Tue 16:10')
  })

  test('that was refused is another one as soon as there is something else to say', () => {
    const refused = inDoubt(facts, { lastAttempt: { at: moment('Tue 16:00'), outcome: 'refused' }, mayBeThere: false })
    expect(decide(facts, refused, 'Tue 16:05')).toBe('hand_over Tue 16:10')
    const mended = factsOf({}, { stops: [aStop({ address: '2 Main St' })] })
    expect(decide(mended, refused, 'Tue 16:05')).toBe('hand_over now')
  })

  test('and of which the vendor has heard for sure is not withdrawn; in doubt it is, once the vendor has decided', () => {
    const cancelled = factsOf({ status: 'cancelled' })
    const refused = inDoubt(facts, { lastAttempt: { at: moment('Tue 16:00'), outcome: 'refused' }, mayBeThere: false })
    expect(decide(cancelled, refused, 'Tue 16:05')).toBe('none')
    expect(decide(cancelled, inDoubt(facts, { retryAt: null }), 'Tue 16:00')).toBe('withdraw Tue 16:00:30')
  })

  test('is given up 12 hours after the last window, when nobody drives the route', () => {
    const cancelled = factsOf({ status: 'cancelled' })
    const stored = taken(facts, { state: 'failed', retryAt: moment('Wed 20:00'), tried: 'withdrawn' })
    expect(decide(cancelled, stored, 'Wed 19:55')).toBe('withdraw Wed 20:00')
    expect(decide(cancelled, stored, 'Thu 01:30')).toBe('none')
  })
})

test('the document holds no customer, contract, driver or phone, and no stop that is off', () => {
  const stops = [
    aStop({ location: { latitude: 30, longitude: -97 }, geofenceId: 'yard' }),
    aStop({ stopId: 's2', status: 'cancelled' }),
  ]
  expect(handOffDocument(factsOf({ driverName: 'Dan' }, { stops }), 'd1')).toEqual({
    routeId: 'r1',
    name: 'North',
    serviceDate: '2026-02-04',
    truckId: 'T1',
    deviceId: 'd1',
    stops: [
      {
        stopId: 's1',
        kind: 'delivery',
        scheduledAt: '2026-02-04T19:00:00.000Z',
        address: '1 Main St',
        location: { latitude: 30, longitude: -97 },
        geofenceId: 'yard',
      },
    ],
  })
})
