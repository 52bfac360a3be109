import { randomBytes } from 'node:crypto'
import { rows } from '../../db/sql'
import { routeOf, stopOf, useApi } from './useApi'

const secret = randomBytes(24).toString('base64')
const api = useApi()
let company: string
const path = () => `/v1/companies/${company}/routes/r1`
const put = (resource: string, body: object) => api.call('PUT', `/v1/companies/${company}/${resource}`, { body })
const handOff = async () => (await api.call('GET', `${path()}/hand-off`)).body

beforeEach(async () => {
  api.state.now = Date.parse('2026-12-02T15:00:00Z')
  company = await api.company()
  api.state.forwarded.length = 0
})

async function routeOnTruck(device: object | null, stops = [stopOf('s1'), stopOf('s2')]) {
  await put('trucks/t1', { name: 'T', device })
  await put('routes/r1', routeOf({ truckId: 't1', stops }))
  await api.call('POST', `${path()}/confirm`)
}

test('says of a route without truck, device or vendor why nobody is told of it', async () => {
  await put('routes/r1', routeOf())
  expect(await handOff()).toEqual({
    state: 'none',
    text: 'The route is not confirmed, so no vendor is told of it.',
    handOffs: [],
  })
  await api.call('POST', `${path()}/confirm`)
  expect((await handOff()).text).toBe('The route has no truck. Put the route with a truckId.')
  await put('trucks/t1', { name: 'T', device: null })
  await put('routes/r1', routeOf({ truckId: 't1' }))
  expect((await handOff()).text).toBe('Truck "t1" has no GPS device, so no vendor is told of its routes.')
  await put('trucks/t1', { name: 'T', device: { vendor: 'traccar', deviceId: 'd1' } })
  expect((await handOff()).text).toMatch(/^Traccar has no routes/)
  await put('trucks/t1', { name: 'T', device: { vendor: 'samsara', deviceId: 'd1' } })
  expect((await handOff()).text).toMatch(/no apiToken/)
  await put('trucks/t1', { name: 'T', device: { vendor: 'generic', deviceId: 'd1' } })
  expect((await handOff()).text).toMatch(/handOffUrl, and a webhookSecret/)
})

test('says what Samsara does not take', async () => {
  await put('integrations/samsara', { apiToken: 'token' })
  await routeOnTruck({ vendor: 'samsara', deviceId: '281474' }, [stopOf('s1')])
  expect((await handOff()).text).toBe('Samsara takes routes of at least 2 stops, and this one has 1.')
  const location = { latitude: 30, longitude: -97 }
  await put('routes/r1', routeOf({ truckId: 't1', stops: [stopOf('s1', { location }), stopOf('s2')] }))
  expect((await handOff()).text).toMatch(/needs a place for every stop: .* for "s2"\./)
  await put('routes/r1', routeOf({ truckId: 't1', stops: [stopOf('s1', { location }), stopOf('s2', { location })] }))
  expect(await handOff()).toMatchObject({ state: 'due', text: 'Samsara is to be told of the route.' })
})

test('says when a route will be handed over, and what the vendor said to it', async () => {
  await put('integrations/generic', { webhookSecret: secret, handOffUrl: 'https://tso.example/in' })
  await routeOnTruck({ vendor: 'generic', deviceId: 'd1' })
  expect(await handOff()).toEqual({
    state: 'due',
    text: 'Generic is to be told of the route.',
    dueAt: '2026-12-02T15:05:00.000Z',
    handOffs: [],
  })
  const [stored] = await rows<{ id: string }>(
    api.db,
    `INSERT INTO hand_offs (company_id, route_id, vendor, device_id, state, failures, retry_at)
     VALUES (:company, 'r1', 'generic', 'd1', 'failed', 1, '2026-12-02T15:15:00Z') RETURNING id`,
    { company },
  )
  await api.db('hand_off_attempts').insert({
    hand_off_id: stored?.id,
    number: 1,
    action: 'hand_over',
    at: '2026-12-02T15:05:00Z',
    outcome: 'unknown',
    code: '503',
    message: 'The receiver answers 503.',
  })
  expect(await handOff()).toEqual({
    state: 'failed',
    text: 'Generic is to be told of the route; the latest call did not succeed, and is repeated.',
    dueAt: '2026-12-02T15:15:00.000Z',
    handOffs: [
      {
        vendor: 'generic',
        deviceId: 'd1',
        state: 'failed',
        attempts: [
          {
            at: '2026-12-02T15:05:00.000Z',
            action: 'hand_over',
            outcome: 'unknown',
            code: '503',
            message: 'The receiver answers 503.',
          },
        ],
      },
    ],
  })
})

test('a route that does not exist is a 404, and a driver has no business with it', async () => {
  expect((await api.call('GET', `${path()}/hand-off`)).status).toBe(404)
  await put('routes/r1', routeOf())
  const key = await api.keyOf('driver', company)
  expect((await api.call('GET', `${path()}/hand-off`, { key })).status).toBe(403)
})

test('putting an integration tells the live routes of its trucks to look again', async () => {
  await routeOnTruck({ vendor: 'generic', deviceId: 'd1' })
  api.state.forwarded.length = 0
  await put('integrations/samsara', { apiToken: 'token' })
  expect(api.state.forwarded).toEqual([])
  await put('integrations/generic', { webhookSecret: secret, handOffUrl: 'http://127.0.0.1:8080/in' })
  expect(api.state.forwarded.map(({ routeId, message }) => [routeId, message.kind])).toEqual([['r1', 'planChanged']])
})

test.each(['http://tso.example/in', 'https://user:secret@tso.example/in', 'not an address', 'file:///etc/passwd'])(
  'the address %s is refused',
  async (handOffUrl) => {
    const reply = await put('integrations/generic', { webhookSecret: secret, handOffUrl, apiUrl: handOffUrl })
    expect(reply.status).toBe(422)
    expect(reply.body.problems.map((problem: { path: string }) => problem.path).sort()).toEqual([
      'apiUrl',
      'handOffUrl',
    ])
    expect(JSON.stringify(reply.body)).not.toContain('secret@')
  },
)
