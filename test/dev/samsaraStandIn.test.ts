import { type SamsaraStandIn, startSamsaraStandIn } from '../../dev/samsara/startSamsaraStandIn'

const apiToken = 'a-token'
let standIn: SamsaraStandIn
beforeAll(async () => {
  standIn = await startSamsaraStandIn({ apiToken, vehicles: ['281474'] })
})
afterAll(() => standIn.stop())
beforeEach(() => {
  standIn.clear()
  standIn.clearFaults()
})

async function call(method: string, path: string, body?: unknown, token = apiToken) {
  const response = await fetch(`${standIn.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}

const arriveAndDepart = { routeStartingCondition: 'arriveFirstStop', routeCompletionCondition: 'departLastStop' }
const location = { latitude: 30, longitude: -97, address: '1 Main St' }
const times = { scheduledArrivalTime: '2026-12-02T18:00:00Z', scheduledDepartureTime: '2026-12-02T18:10:00Z' }
const stop = (more: object = {}) => ({ ...times, singleUseLocation: location, ...more })
const route = (more: object = {}) => ({
  name: 'North',
  vehicleId: '281474',
  settings: arriveAndDepart,
  stops: [stop(), stop()],
  ...more,
})
const create = (more: object = {}) => call('POST', '/fleet/routes', route(more))

test('keeps a route, found by its id and by an external one, until it is deleted', async () => {
  const { status, body } = await create({ externalIds: { cmpRouteId: 'r1' } })
  expect(status).toBe(200)
  expect(body.data).toMatchObject({ id: expect.any(String), stops: [{ id: expect.any(String) }, {}] })
  expect((await call('GET', `/fleet/routes/${body.data.id}`)).body.data).toEqual(body.data)
  expect((await call('GET', '/fleet/routes/cmpRouteId%3Ar1')).body.data).toEqual(body.data)
  expect(await call('DELETE', '/fleet/routes/cmpRouteId%3Ar1')).toMatchObject({ status: 204, body: null })
  expect((await call('GET', `/fleet/routes/${body.data.id}`)).status).toBe(404)
  expect((await create({ externalIds: { cmpRouteId: 'r1' } })).status).toBe(200)
})

test.each([
  ['one stop', { stops: [stop()] }, /stops/],
  ['no name', { name: '' }, /name/],
  ['a vehicle and a driver', { driverId: '7' }, /Only one of vehicleId and driverId/],
  ['an unknown vehicle', { vehicleId: '9' }, /Vehicle 9 does not exist/],
  ['a stop without a place', { stops: [stop(), times] }, /Exactly one of addressId and singleUseLocation/],
  ['a stop with two', { stops: [stop(), stop({ addressId: '1' })] }, /Exactly one of addressId and singleUseLocation/],
  ['half a place', { stops: [stop(), stop({ singleUseLocation: { latitude: 1 } })] }, /longitude/],
  [
    'a stop without a departure',
    { stops: [stop(), stop({ scheduledDepartureTime: undefined })] },
    /Departure.*required/,
  ],
  ['an arrival where the route begins by leaving', { settings: {} }, /scheduledArrivalTime of stop 0 is not allowed/],
  ['a sequence with a number twice', { stops: [stop({ sequenceNumber: 1 }), stop({ sequenceNumber: 1 })] }, /unique/],
  ['a stop of nowhere', { stops: [stop(), stop({ id: '5' })] }, /Stop 5 does not exist/],
  [
    'one external id for two stops',
    { stops: [stop({ externalIds: { stopId: 's1' } }), stop({ externalIds: { stopId: 's1' } })] },
    /stopId:s1 is already in use/,
  ],
])('refuses %s', async (_, more, message) => {
  const { status, body } = await create(more)
  expect({ status, message: body.message }).toEqual({ status: 400, message: expect.stringMatching(message) })
  expect(standIn.routes).toEqual([])
})

test('lets no two routes have an external id, nor any two stops of all routes', async () => {
  await create({ externalIds: { cmpRouteId: 'r1' }, stops: [stop({ externalIds: { stopId: 's1' } }), stop()] })
  expect((await create({ externalIds: { cmpRouteId: 'r1' } })).status).toBe(400)
  expect((await create({ stops: [stop({ externalIds: { stopId: 's1' } }), stop()] })).status).toBe(400)
  expect((await create({ stops: [stop({ externalIds: { otherId: 's1' } }), stop()] })).status).toBe(200)
})

test('a PATCH with stops keeps those it names by id, makes the others and deletes the rest', async () => {
  const stops = [stop({ externalIds: { stopId: 's1' } }), stop({ externalIds: { stopId: 's2' } })]
  const { data } = (await create({ stops })).body
  const changed = { stops: [stop({ id: data.stops[1].id }), stop({ externalIds: { stopId: 's1' } })] }
  const patched = (await call('PATCH', `/fleet/routes/${data.id}`, changed)).body.data
  expect(patched.stops).toMatchObject([{ id: data.stops[1].id, externalIds: { stopId: 's2' } }, {}])
  expect(patched.stops[1].id).not.toBe(data.stops[0].id)
  expect((await call('PATCH', `/fleet/routes/${data.id}`, { name: 'South' })).body.data).toMatchObject({
    name: 'South',
  })
  expect((await call('PATCH', '/fleet/routes/1', changed)).status).toBe(404)
})

test('refuses a wrong token', async () => {
  expect(await call('POST', '/fleet/routes', route(), 'wrong')).toMatchObject({ status: 401 })
  expect(standIn.routes).toEqual([])
})

test('shows faults, once each, set in process or over HTTP', async () => {
  standIn.fault({ kind: 'rate_limited' })
  const limited = await create()
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '0.40235'])
  await call('POST', '/_stand-in/faults', { kind: 'server_error', status: 502, accepted: true })
  expect((await create()).status).toBe(502)
  expect(standIn.routes).toHaveLength(1)
  standIn.fault({ kind: 'drop_after_accept' })
  await expect(create()).rejects.toThrow()
  expect(standIn.routes).toHaveLength(2)
  standIn.fault({ kind: 'hang' })
  const hanging = fetch(`${standIn.url}/fleet/routes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(route()),
    signal: AbortSignal.timeout(50),
  })
  await expect(hanging).rejects.toThrow()
  expect(standIn.routes).toHaveLength(2)
  expect((await call('POST', '/_stand-in/faults', { kind: 'nonsense' })).status).toBe(422)
})

test('shows its routes as a page, in which markup is text', async () => {
  await create({ name: '<b>North</b>' })
  const page = await (await fetch(standIn.url)).text()
  expect(page).toContain('&lt;b&gt;North&lt;/b&gt;')
  expect(page).not.toContain('<b>North')
})
