import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import type { DeviceEvent } from '../../integrations/deviceEvent'
import { parseSamsaraEvent } from '../../integrations/samsara/parseEvent'
import { isSignedBySamsara } from '../../integrations/samsara/verifySignature'
import { fixture } from '../fixtures/fixture'
import { anyBodyLike } from './anyBody'

describe('Samsara’s signature', () => {
  const secret = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='
  const body = Buffer.from('{"eventId":"e1","eventType":"Ping"}')
  const sentAt = 1_764_063_600_000
  const vector = {
    timestamp: '1764063600',
    signature: 'v1=5a314186d55038cd6cdadd153c855a57de9f5c9fac9288c775a9dbe082176f76',
  }
  const signed = (timestamp: string) => {
    const hash = createHmac('sha256', Buffer.from(secret, 'base64')).update(`v1:${timestamp}:${body}`).digest('hex')
    return { timestamp, signature: `v1=${hash}` }
  }

  test('is known by the vector, whichever case its letters have', () => {
    expect(isSignedBySamsara(secret, vector, body, sentAt)).toBe(true)
    const shouted = { ...vector, signature: `v1=${vector.signature.slice(3).toUpperCase()}` }
    expect(isSignedBySamsara(secret, shouted, body, sentAt)).toBe(true)
  })

  test.each(['1764063600', '1764063600000', '2025-11-25T09:40:00Z', '2025-11-25T03:40:00.000-06:00'])(
    'may have its moment written as %s, and counts for 300 seconds to either side',
    (timestamp) => {
      for (const [seconds, valid] of [
        [300, true],
        [-300, true],
        [300.001, false],
        [-300.001, false],
      ] as const)
        expect(isSignedBySamsara(secret, signed(timestamp), body, sentAt + seconds * 1000)).toBe(valid)
    },
  )

  test.each([
    ['of another secret', Buffer.alloc(32).toString('base64'), vector, body],
    ['of another body', secret, vector, Buffer.from('{"eventId":"e2","eventType":"Ping"}')],
    ['of another moment', secret, { ...vector, timestamp: '1764063601' }, body],
    ['without a moment', secret, { ...vector, timestamp: undefined }, body],
    ['with a moment that is none', secret, signed('noon'), body],
    ['with a moment that cannot be', secret, signed('2025-13-45T09:40:00Z'), body],
    ['that is not there', secret, { ...vector, signature: undefined }, body],
    ['without a version', secret, { ...vector, signature: vector.signature.slice(3) }, body],
    ['of another version', secret, { ...vector, signature: vector.signature.replace('v1', 'v2') }, body],
    ['that is cut off', secret, { ...vector, signature: vector.signature.slice(0, -2) }, body],
  ])('%s is none', (_what, by, headers, of) => {
    expect(isSignedBySamsara(by, headers, of, sentAt)).toBe(false)
  })
})

describe('an event of Samsara', () => {
  const parsed = (name: string, changes?: Record<string, unknown>) =>
    parseSamsaraEvent(Buffer.from(JSON.stringify(fixture(`samsara/${name}`, changes))))
  const event = (name: string, changes?: Record<string, unknown>): DeviceEvent => {
    const found = parsed(name, changes)
    if (!('event' in found)) throw new Error(found.why)
    return found.event
  }
  const outcome = (name: string, changes?: Record<string, unknown>) => {
    const found = parsed(name, changes)
    return 'event' in found ? 'event' : found.outcome
  }
  const arrival = 'routeStopArrival'
  const details = 'data.routeStopDetails'
  const arrivedAt = Date.parse('2026-12-02T18:59:00Z')

  test('at a stop of a route was judged by Samsara, and names the stop by our own id', () => {
    const common = { provider: 'samsara', deviceId: '281474991565165', stopId: 's1', geofenceIds: [] }
    const imprecise = { accuracyMeters: null }
    expect(event(arrival)).toEqual({
      ...common,
      ...imprecise,
      eventId: '0190a1f2-6e95-470e-8cc0-a371f9deed01',
      kind: 'arrived',
      occurredAt: arrivedAt,
    })
    expect(event('routeStopDeparture')).toEqual({
      ...common,
      ...imprecise,
      eventId: '0190a1f2-6e95-470e-8cc0-a371f9deed02',
      kind: 'departed',
      occurredAt: Date.parse('2026-12-02T19:25:30.100Z'),
    })
  })

  test('at the geofence of a saved address is a plain crossing, and names it by every id', () => {
    expect(event('geofenceEntry')).toEqual({
      provider: 'samsara',
      eventId: '0190a1f2-6e95-470e-8cc0-a371f9deed04',
      deviceId: '281474991565165',
      kind: 'enter',
      occurredAt: Date.parse('2026-12-02T18:58:10.250Z'),
      geofenceIds: ['170886751', 'yard'],
      stopId: null,
      accuracyMeters: null,
    })
    expect(event('geofenceExit')).toMatchObject({ kind: 'exit', geofenceIds: ['170886751'] })
  })

  test('takes the time of the occurrence from the first place that has a usable one', () => {
    const at = (changes: Record<string, unknown>) => new Date(event(arrival, changes).occurredAt).toISOString()
    const own = { 'data.time': '2026-12-02T12:57:00-06:00' }
    expect(at(own)).toBe('2026-12-02T18:57:00.000Z')
    expect(at({ 'data.time': null })).toBe('2026-12-02T18:59:00.000Z')
    expect(at({ 'data.time': '0001-01-01T00:00:00Z', [`${details}.actualArrivalTime`]: '' })).toBe(
      '2026-12-02T19:00:04.512Z',
    )
    const departure = event('routeStopDeparture', { 'data.time': undefined })
    expect(new Date(departure.occurredAt).toISOString()).toBe('2026-12-02T19:25:30.100Z')
    expect(
      outcome(arrival, { 'data.time': null, [`${details}.actualArrivalTime`]: undefined, eventTime: 'soon' }),
    ).toBe('not_understood')
  })

  test.each([
    ['the details', { 'data.route.stops.1.externalIds': undefined }, 's1', []],
    ['the route’s stop', { [`${details}.externalIds`]: null }, 's1', []],
    [
      'the route’s stop, by a number',
      { [`${details}.externalIds`]: {}, 'data.route.stops.1.externalIds': { stopId: 7 } },
      '7',
      [],
    ],
    [
      'the address',
      { [`${details}.externalIds`]: {}, 'data.route.stops.1.externalIds': null },
      null,
      ['170886751', 'yard'],
    ],
    ['nothing', { [`${details}.externalIds`]: 'x', 'data.route': null }, null, []],
    [
      'nothing among the stops of the route',
      { [`${details}.externalIds`]: null, 'data.route.stops': [null, 5, {}] },
      null,
      [],
    ],
  ])('names its stop by %s', (_where, changes, stopId, geofenceIds) => {
    expect(event(arrival, changes)).toMatchObject({ stopId, geofenceIds })
  })

  test.each([
    [arrival, 'arrived', 'event'],
    [arrival, 'departed', 'event'],
    [arrival, 'a state of tomorrow', 'event'],
    [arrival, undefined, 'event'],
    [arrival, 'en route', 'not_understood'],
    [arrival, 'skipped', 'not_understood'],
    ['routeStopDeparture', 'departed', 'event'],
    ['routeStopDeparture', null, 'event'],
    ['routeStopDeparture', 'arrived', 'not_understood'],
    ['routeStopDeparture', 'scheduled', 'not_understood'],
  ])('%s with the state %s is %s: type and state are trusted, the operation never', (name, state, expected) => {
    expect(outcome(name, { [`${details}.state`]: state })).toBe(expected)
    expect(outcome(name, { [`${details}.state`]: state, 'data.operation': 'stop eaten' })).toBe(expected)
  })

  test('of a route that a driver was assigned to names no device', () => {
    expect(event('routeStopArrivalOfDriver')).toMatchObject({ deviceId: null, stopId: 's1', kind: 'arrived' })
  })

  test.each(['ping', 'alertOfVersion1', 'alertIncident'])('of the kind "%s" is ignored', (name) => {
    expect(outcome(name)).toBe('ignored')
  })

  test('that lacks what is needed says where, and repeats nothing of it', () => {
    const found = parsed('geofenceEntry', { eventId: '', 'data.vehicle.id': { secret: 'Ann Smith' } })
    expect(found).toEqual({
      outcome: 'not_understood',
      why: expect.stringMatching(/^eventId: .*; data\.vehicle\.id: /),
    })
    expect(JSON.stringify(found)).not.toContain('Ann')
    for (const path of ['data', 'data.address', 'data.vehicle', 'eventTime'])
      expect(outcome('geofenceEntry', { [path]: null })).toBe('not_understood')
  })

  test('never makes the parser throw, whatever it is', () => {
    const names = ['routeStopArrival', 'routeStopDeparture', 'geofenceEntry', 'geofenceExit', 'ping']
    fc.assert(
      fc.property(anyBodyLike(names.map((name) => `samsara/${name}`)), (body) => {
        const found = parseSamsaraEvent(body)
        if ('event' in found) expect(Number.isFinite(found.event.occurredAt)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
