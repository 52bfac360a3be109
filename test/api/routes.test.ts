import { setRouteStatus } from '../../db/routes'
import { routeOf, stopOf, useApi } from './useApi'

describe('routes', () => {
  const api = useApi()
  let company: string
  const at = (path = '') => `/v1/companies/${company}/routes/r1${path}`
  const kinds = () => api.state.forwarded.map(({ message }) => message.kind)

  beforeEach(async () => {
    company = await api.company()
    api.state.now = Date.parse('2026-12-01T18:00:00Z')
    api.state.forwarded.length = 0
  })

  test('a route is created, read and replaced', async () => {
    const created = await api.call('PUT', at(), { body: routeOf({ driver: { name: 'Mike' } }) })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({
      routeId: 'r1',
      status: 'planned',
      serviceDate: '2026-12-02',
      driver: { name: 'Mike' },
    })
    expect(created.body.stops[0]).toMatchObject({
      stopId: 's1',
      scheduledAt: '2026-12-02T19:00:00.000Z',
      arrivalSource: 'driver',
      notifications: [],
    })
    expect((await api.call('PUT', at(), { body: routeOf({ stops: [stopOf('s2')] }) })).status).toBe(200)
    const read = await api.call('GET', at())
    expect(read.body.stops.map(({ stopId }: { stopId: string }) => stopId)).toEqual(['s2'])
    expect(api.state.forwarded).toEqual([])
  })

  test('everything that is wrong with a route is listed at once, and nothing is stored', async () => {
    const { status, body } = await api.call('PUT', at(), {
      body: {
        serviceDate: '2026-02-30',
        truckId: 'no-truck',
        colour: 'red',
        stops: [
          stopOf('s1', { contracts: ['C1', 'nope'] }),
          stopOf('s1', { timeZone: 'Mars/Olympus', scheduledAt: '2026-12-02T13:00:00' }),
          stopOf('s3', { contracts: [], location: { latitude: 91, longitude: 'x' } }),
          stopOf('../etc', { kind: 'return', extra: 1 }),
        ],
      },
    })
    expect(status).toBe(422)
    expect(body.code).toBe('invalid_request')
    expect(body.problems.map(({ path }: { path: string }) => path).sort()).toEqual(
      [
        'name',
        'serviceDate',
        'truckId',
        'colour',
        'stops.0.contracts.1',
        'stops.1.stopId',
        'stops.1.timeZone',
        'stops.1.scheduledAt',
        'stops.2.contracts',
        'stops.2.location.latitude',
        'stops.2.location.longitude',
        'stops.3.stopId',
        'stops.3.kind',
        'stops.3.extra',
      ].sort(),
    )
    expect((await api.call('GET', at())).status).toBe(404)
  })

  test('more than 200 stops are refused', async () => {
    const stops = Array.from({ length: 201 }, (_, index) => stopOf(`s${index}`))
    const { status, body } = await api.call('PUT', at(), { body: routeOf({ stops }) })
    expect(status).toBe(422)
    expect(body.problems).toEqual([{ path: 'stops', message: 'must have at most 200 items, has 201' }])
  })

  test('confirming answers 202 and goes into the outbox; repeating it answers 200 and does not', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    const first = await api.call('POST', at('/confirm'))
    expect(first.status).toBe(202)
    expect(first.body).toMatchObject({
      status: 'confirmed',
      workflowId: `route/${company}/r1`,
      confirmedAt: '2026-12-01T18:00:00.000Z',
    })
    api.state.now += 60_000
    const second = await api.call('POST', at('/confirm'))
    expect(second.status).toBe(200)
    expect(second.body.confirmedAt).toBe('2026-12-01T18:00:00.000Z')
    expect(kinds()).toEqual(['confirmed'])
  })

  test('a route whose day has passed in the company’s zone is not confirmed', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    // 23:59 of the 2nd in Chicago, the 3rd in UTC.
    api.state.now = Date.parse('2026-12-03T05:59:00Z')
    expect((await api.call('POST', at('/confirm'))).status).toBe(202)
    await api.call('POST', at('/unconfirm'))
    api.state.now += 60_000
    const late = await api.call('POST', at('/confirm'))
    expect([late.status, late.body.code]).toEqual([409, 'service_date_passed'])
  })

  test('a route without stops is not confirmed', async () => {
    await api.call('PUT', at(), { body: routeOf({ stops: [] }) })
    const { status, body } = await api.call('POST', at('/confirm'))
    expect([status, body.problems[0].path]).toEqual([422, 'stops'])
  })

  test('unconfirming is harmless on a planned route and refused on one in progress', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    expect((await api.call('POST', at('/unconfirm'))).status).toBe(200)
    await api.call('POST', at('/confirm'))
    const back = await api.call('POST', at('/unconfirm'))
    expect([back.status, back.body.status]).toEqual([202, 'planned'])
    expect((await api.call('POST', at('/confirm'))).status).toBe(202)
    await setRouteStatus(api.db, { companyId: company, routeId: 'r1' }, 'in_progress')
    const refused = await api.call('POST', at('/unconfirm'))
    expect([refused.status, refused.body.code]).toEqual([409, 'route_in_progress'])
    expect(kinds()).toEqual(['confirmed', 'unconfirmed', 'confirmed'])
  })

  test('a cancelled route stays cancelled, and nothing about it can change', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    await api.call('POST', at('/confirm'))
    expect((await api.call('POST', at('/cancel'))).status).toBe(202)
    expect((await api.call('POST', at('/cancel'))).status).toBe(200)
    for (const reply of [
      await api.call('POST', at('/confirm')),
      await api.call('POST', at('/unconfirm')),
      await api.call('PUT', at(), { body: routeOf() }),
      await api.call('POST', at('/stops/s1/arrived')),
    ])
      expect([reply.status, reply.body.code]).toEqual([409, 'route_closed'])
    expect(kinds()).toEqual(['confirmed', 'cancelled'])
  })

  test('a completed route can neither be cancelled nor changed', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    await api.call('POST', at('/confirm'))
    await setRouteStatus(api.db, { companyId: company, routeId: 'r1' }, 'completed')
    expect((await api.call('POST', at('/cancel'))).body.code).toBe('route_closed')
    expect((await api.call('PUT', at(), { body: routeOf() })).body.code).toBe('route_closed')
  })

  test('a change of a confirmed plan reaches its workflow, and its service date stays', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    await api.call('POST', at('/confirm'))
    expect((await api.call('PUT', at(), { body: routeOf({ stops: [stopOf('s1')] }) })).status).toBe(200)
    expect((await api.call('PUT', at(), { body: routeOf({ stops: [stopOf('s1')] }) })).status).toBe(200)
    const moved = await api.call('PUT', at(), { body: routeOf({ serviceDate: '2026-12-03' }) })
    expect([moved.status, moved.body.code]).toEqual([409, 'route_confirmed'])
    // The second PUT changed nothing, so there is nothing to tell.
    expect(kinds()).toEqual(['confirmed', 'planChanged'])
    const read = await api.call('GET', at())
    expect(read.body.stops.map(({ status }: { status: string }) => status)).toEqual(['pending', 'cancelled'])
  })

  test('changes of a contract, of the settings and of a truck reach the live routes that they concern', async () => {
    await api.call('PUT', `/v1/companies/${company}/trucks/t1`, { body: { name: 'T1', device: null } })
    await api.call('PUT', at(), { body: routeOf({ truckId: 't1' }) })
    await api.call('PUT', `/v1/companies/${company}/contracts/C1`, {
      body: { customer: { name: 'B' }, deliveryNotifications: [] },
    })
    expect(kinds()).toEqual([])
    await api.call('POST', at('/confirm'))
    await api.call('PUT', `/v1/companies/${company}/contracts/C1`, {
      body: { customer: { name: 'C' }, deliveryNotifications: [] },
    })
    await api.call('PUT', `/v1/companies/${company}/settings`, { body: { smsEnabled: true } })
    await api.call('PUT', `/v1/companies/${company}/trucks/t1`, {
      body: { name: 'T1', device: { vendor: 'generic', deviceId: 'd1' } },
    })
    expect(kinds()).toEqual(['confirmed', 'planChanged', 'planChanged', 'planChanged'])
    // The first two wait for nobody here, so the later ones must not overtake them.
    expect(api.state.forwarded.map(({ earlierPending }) => earlierPending)).toEqual([false, true, true, true])
  })

  test('routes are listed by service date and id, page by page', async () => {
    for (const [routeId, serviceDate] of [
      ['b', '2026-12-03'],
      ['c', '2026-12-02'],
      ['a', '2026-12-03'],
    ])
      await api.call('PUT', `/v1/companies/${company}/routes/${routeId}`, { body: routeOf({ serviceDate }) })
    const list = `/v1/companies/${company}/routes`
    const first = await api.call('GET', `${list}?limit=2`)
    const second = await api.call('GET', `${list}?limit=2&cursor=${first.body.nextCursor}`)
    const ids = [...first.body.items, ...second.body.items].map(({ routeId }) => routeId)
    expect([ids, second.body.nextCursor]).toEqual([['c', 'a', 'b'], null])
    const filtered = await api.call('GET', `${list}?serviceDate=2026-12-03&status=planned`)
    expect(filtered.body.items).toHaveLength(2)
    expect((await api.call('GET', `${list}?cursor=nonsense`)).body.problems[0].path).toBe('query.cursor')
  })
})
