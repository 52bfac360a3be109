import { createHmac } from 'node:crypto'
import { connectDatabase } from '../../db/connect'
import { setRouteStatus } from '../../db/routes'
import { fixture } from '../fixtures/fixture'
import { stopOf, useApi } from './useApi'
import { refusesStrangers, useWebhook } from './useWebhook'

const secret = Buffer.alloc(32, 5).toString('base64')
const truckDevice = '281474991565165'
const other = Buffer.alloc(32, 6).toString('base64')
const named = (name: string, changes?: Record<string, unknown>) => fixture(`samsara/${name}`, changes)
const anotherId = '0190a1f2-6e95-470e-8cc0-a371f9deedff'

describe('Samsara’s webhook', () => {
  const scene = useWebhook('samsara', secret, truckDevice, (raw, by, at) => {
    const timestamp = String(Math.floor(at / 1000))
    const hash = createHmac('sha256', Buffer.from(by, 'base64')).update(`v1:${timestamp}:${raw}`).digest('hex')
    return { 'X-Samsara-Timestamp': timestamp, 'X-Samsara-Signature': `v1=${hash}`, 'X-Samsara-Event-Type': 'any' }
  })
  const { api, state, path, send, link, confirmedRoute, visits, outcomes, outbox } = scene

  refusesStrangers(scene, named('routeStopArrival'))

  test.each([
    ['another secret', { by: other }],
    ['a changed body', { change: (raw: string) => raw.replace('"arrived"', '"departed"') }],
    ['an expired timestamp', { at: Date.parse('2026-12-02T18:55:04Z') }],
    ['a timestamp from the future', { at: Date.parse('2026-12-02T19:05:06Z') }],
  ])('with %s is refused', async (_what, options) => {
    const { status, body } = await send(named('routeStopArrival'), options)
    expect([status, body.code]).toEqual([401, 'invalid_signature'])
    expect([await visits(), await outbox()]).toEqual([[], []])
  })

  test('finds stops by our id, and by the geofence’s id or ours for it', async () => {
    expect((await send(named('routeStopArrival'))).body).toEqual({ outcome: 'counted' })
    await send(named('geofenceEntry'))
    await send(named('geofenceExit', { 'data.address.id': 'site' }))
    const known = { source: 'samsara', outcome: 'counted', device_id: truckDevice, route_id: 'r1' }
    expect(await visits()).toEqual([
      { ...known, kind: 'arrived', stop_id: 's1', geofence_id: null },
      { ...known, kind: 'enter', stop_id: 's1', geofence_id: 'yard' },
      { ...known, kind: 'exit', stop_id: 's2', geofence_id: 'site' },
    ])
    expect(await outbox()).toEqual([
      ['r1', 'arrived', 's1', 'samsara'],
      ['r1', 'arrived', 's1', 'samsara'],
      ['r1', 'departed', 's2', 'samsara'],
    ])
  })

  test('replayed changes nothing, and neither does the same told under another event id', async () => {
    const arrival = named('routeStopArrival')
    const replies = [await send(arrival), await send(arrival), await send({ ...arrival, eventId: anotherId })]
    expect(replies.map(({ status, body }) => [status, body.outcome])).toEqual([
      [202, 'counted'],
      [202, 'repeated'],
      [202, 'repeated'],
    ])
    // What was told twice is on record twice, but the route hears of it once.
    expect(await outcomes()).toEqual([
      ['arrived', 'counted', 'r1', 's1'],
      ['arrived', 'counted', 'r1', 's1'],
    ])
    expect(await outbox()).toEqual([['r1', 'arrived', 's1', 'samsara']])
  })

  test('with an event id that was used before changes nothing, whatever else it says', async () => {
    await send(named('routeStopArrival'))
    const { eventId } = named('routeStopArrival')
    expect((await send(named('routeStopDeparture', { eventId }))).body).toEqual({ outcome: 'repeated' })
    expect([await outcomes(), (await outbox()).length]).toEqual([[['arrived', 'counted', 'r1', 's1']], 1])
  })

  test('sent several times at once counts once', async () => {
    const crossing = named('geofenceEntry')
    const replies = await Promise.all([1, 2, 3, 4].map(() => send(crossing)))
    expect(replies.map(({ body }) => body.outcome).sort()).toEqual(['counted', 'repeated', 'repeated', 'repeated'])
    expect([(await visits()).length, (await outbox()).length]).toEqual([1, 1])
  })

  test('prefers the truck’s route that has the stop; a crossing takes the earliest that is not finished', async () => {
    const stops = [stopOf('t1', { scheduledAt: '2026-12-02T08:00:00-06:00' })]
    await confirmedRoute('early', { stops })
    await send(named('routeStopArrival'))
    await send(named('geofenceEntry'))
    await setRouteStatus(api.db, { companyId: state.company, routeId: 'early' }, 'completed')
    await send(named('geofenceEntry', { eventId: anotherId }))
    expect(await outcomes()).toEqual([
      ['arrived', 'counted', 'r1', 's1'],
      ['enter', 'no_stop', 'early', null],
      ['enter', 'counted', 'r1', 's1'],
    ])
  })

  test('about nothing that is known is recorded, ignored and accepted', async () => {
    for (const body of [
      named('geofenceEntry', { eventId: 'a', 'data.vehicle.id': '1' }),
      named('geofenceEntry', { eventId: 'b', 'data.address.externalIds': { siteId: 'elsewhere' } }),
      named('geofenceEntry', { eventId: 'c', eventTime: '2026-12-01T18:00:00Z' }),
      named('routeStopArrival', { eventId: 'd', 'data.routeStopDetails.externalIds.stopId': 'gone' }),
      named('routeStopArrivalOfDriver', { eventId: 'e' }),
    ])
      expect((await send(body)).status).toBe(202)
    expect(await outcomes()).toEqual([
      ['enter', 'unknown_device', null, null],
      ['enter', 'no_stop', 'r1', null],
      ['enter', 'no_route', null, null],
      ['arrived', 'no_stop', 'r1', null],
      ['arrived', 'unknown_device', null, null],
    ])
    expect(await outbox()).toEqual([])
  })

  test.each(['ping', 'alertOfVersion1', 'alertIncident'])('of the kind "%s" is accepted and ignored', async (name) => {
    expect((await send(named(name))).body).toEqual({ outcome: 'ignored' })
    expect([await visits(), await outbox()]).toEqual([[], []])
  })

  test('follows the device while it is linked: another vendor’s, or one unlinked on the way, is unknown', async () => {
    await link({ vendor: 'traccar', deviceId: truckDevice })
    await send(named('geofenceEntry', { eventId: 'a' }))
    await link({ vendor: 'samsara', deviceId: truckDevice })
    await send(named('geofenceEntry', { eventId: 'b' }))
    const arrived = () => api.call('POST', path('/routes/r1/stops/s1/arrived'))
    expect((await arrived()).body.code).toBe('arrival_source_is_geofence')
    await link(null)
    await send(named('geofenceExit', { eventId: 'c' }))
    expect((await arrived()).status).toBe(202)
    // The device moved on to another truck, which is on no route.
    await link({ vendor: 'samsara', deviceId: truckDevice }, 't2')
    await send(named('geofenceExit', { eventId: 'd' }))
    expect(await outcomes()).toEqual([
      ['enter', 'unknown_device', null, null],
      ['enter', 'counted', 'r1', 's1'],
      ['exit', 'unknown_device', null, null],
      ['arrived', 'counted', 'r1', 's1'],
      ['exit', 'no_route', null, null],
    ])
  })

  test('keeps the driver’s buttons away while the device is heard of', async () => {
    const minutes = (count: number) => count * 60_000
    await api.call('PUT', path('/settings'), {
      body: { timeZone: 'America/Chicago', arrivals: { driverFallbackAfterMinutes: 30 } },
    })
    const departed = () => api.call('POST', path('/routes/r1/stops/s1/departed'))
    api.state.now += minutes(29)
    await send(named('geofenceEntry', { eventTime: new Date(api.state.now).toISOString(), 'data.address.id': 'x' }))
    api.state.now += minutes(29)
    expect((await departed()).body.code).toBe('arrival_source_is_geofence')
    api.state.now += minutes(1)
    expect((await departed()).status).toBe(202)
  })
})

describe('without a database', () => {
  const db = connectDatabase('postgres://nobody:nothing@127.0.0.1:9/none')
  const api = useApi({ db })
  afterAll(() => db.destroy())

  test('every vendor is told to come back, since nothing can be stored', async () => {
    for (const vendor of ['samsara', 'traccar', 'generic']) {
      const { status, headers } = await api.call('POST', `/v1/webhooks/${vendor}/c1`, { key: null, body: {} })
      expect([vendor, status, headers.get('retry-after')]).toEqual([vendor, 503, '5'])
    }
  })
})
