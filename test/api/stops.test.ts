import { setRouteStatus } from '../../db/routes'
import { deviceSeen } from '../../db/trucks'
import { routeOf, useApi } from './useApi'

describe('what the driver reports', () => {
  const api = useApi()
  let company: string
  const route = (path = '') => `/v1/companies/${company}/routes/r1${path}`
  const report = (kind: string, body?: object, stop = 's1') =>
    api.call('POST', route(`/stops/${stop}/${kind}`), { body })
  const events = () => api.db('visit_events').where({ company_id: company }).orderBy('id')
  const link = (device: object | null) =>
    api.call('PUT', `/v1/companies/${company}/trucks/t1`, { body: { name: 'T', device } })
  const minutes = (count: number) => count * 60_000

  beforeEach(async () => {
    company = await api.company()
    api.state.now = Date.parse('2026-12-02T18:00:00Z')
    await link(null)
    await api.call('PUT', route(), { body: routeOf({ truckId: 't1' }) })
    await api.call('POST', route('/confirm'))
    api.state.forwarded.length = 0
  })

  test('is accepted and reaches the workflow', async () => {
    const arrived = await report('arrived', { eventId: 'e1', occurredAt: '2026-12-02T11:59:00-06:00' })
    expect(arrived.status).toBe(202)
    expect(arrived.body).toEqual({
      eventId: 'e1',
      stopId: 's1',
      kind: 'arrived',
      occurredAt: '2026-12-02T17:59:00.000Z',
    })
    expect(api.state.forwarded.map(({ message }) => message)).toEqual([
      {
        eventId: expect.stringMatching(/^visit-\d+$/),
        kind: 'arrived',
        stopId: 's1',
        occurredAt: Date.parse('2026-12-02T17:59:00Z'),
        source: 'driver',
      },
    ])
  })

  test('without a body happened now, under an id of our own', async () => {
    const { body } = await report('departed')
    expect(body).toMatchObject({
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      occurredAt: '2026-12-02T18:00:00.000Z',
    })
  })

  test('twice changes nothing, even when the route has closed meanwhile', async () => {
    await report('departed', { eventId: 'e1' })
    expect((await report('departed', { eventId: 'e1' })).status).toBe(202)
    await setRouteStatus(api.db, { companyId: company, routeId: 'r1' }, 'completed')
    expect((await report('departed', { eventId: 'e1' })).status).toBe(202)
    expect((await report('departed', { eventId: 'e2' })).body.code).toBe('route_closed')
    expect([(await events()).length, api.state.forwarded.length]).toEqual([1, 1])
  })

  test('at once from two phones is recorded once', async () => {
    const replies = await Promise.all([1, 2, 3].map(() => report('arrived', { eventId: 'same' })))
    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202])
    expect([(await events()).length, api.state.forwarded.length]).toEqual([1, 1])
  })

  test('about a planned route, an unknown stop or with a bad time is refused', async () => {
    expect((await report('arrived', {}, 'nope')).status).toBe(404)
    const bad = await report('arrived', { occurredAt: 'noon', where: 'here' })
    expect(bad.body.problems.map(({ path }: { path: string }) => path)).toEqual(['occurredAt', 'where'])
    await api.call('POST', route('/unconfirm'))
    const early = await report('arrived')
    expect([early.status, early.body.code]).toEqual([409, 'route_not_confirmed'])
  })

  test('does not count for a truck with a device, except a skip', async () => {
    await link({ vendor: 'generic', deviceId: 'd1' })
    expect((await api.call('GET', route())).body.stops[0].arrivalSource).toBe('geofence')
    const refused = await report('arrived')
    expect([refused.status, refused.body.code]).toEqual([409, 'arrival_source_is_geofence'])
    expect((await report('skipped')).status).toBe(202)
    await link(null)
    expect((await report('arrived')).status).toBe(202)
  })

  test('counts again once the device has been silent for as long as the settings say', async () => {
    await link({ vendor: 'generic', deviceId: 'd1' })
    await api.call('PUT', `/v1/companies/${company}/settings`, {
      body: { timeZone: 'America/Chicago', arrivals: { driverFallbackAfterMinutes: 30 } },
    })
    const confirmedAt = api.state.now
    api.state.now = confirmedAt + minutes(29)
    expect((await report('arrived')).body.code).toBe('arrival_source_is_geofence')
    await deviceSeen(api.db, company, 't1', confirmedAt + minutes(10))
    api.state.now = confirmedAt + minutes(39)
    expect((await report('arrived')).body.code).toBe('arrival_source_is_geofence')
    api.state.now = confirmedAt + minutes(40)
    expect((await api.call('GET', route())).body.stops[0].arrivalSource).toBe('driver')
    expect((await report('arrived')).status).toBe(202)
  })
})
