import pg from 'pg'
import { connectDatabase } from '../../db/connect'
import { routeOf, stopOf, testConfig, useApi } from './useApi'

const limited = (limits: Partial<typeof testConfig.limits>) => ({
  config: { ...testConfig, trustProxy: 1, limits: { ...testConfig.limits, ...limits } },
})
/** As the proxy before the API writes it. */
const from = (address: string) => ({ 'X-Forwarded-For': address })
let keys = 0
/** Another one each time: a key has a count of its own. */
const wrong = () => `dn_wrong-key-number-${keys++}`

afterEach(() => {
  jest.restoreAllMocks()
})

describe('failed authentications', () => {
  const api = useApi(limited({ failedAuthentications: 3 }))
  const second = useApi({
    ...limited({ failedAuthentications: 3 }),
    get db() {
      return api.db
    },
  })
  const statusOf = async (address: string, key: string | null, app = api) =>
    (await app.call('GET', '/v1/api-keys', { key, headers: from(address) })).status
  const failThrice = async (address: string, app = api) => {
    for (let n = 0; n < 3; n++) expect(await statusOf(address, wrong(), app)).toBe(401)
  }

  test('beyond the limit of an address are answered 429, with a time to come back', async () => {
    await failThrice('192.0.2.1')
    const reply = await api.call('GET', '/v1/api-keys', { key: wrong(), headers: from('192.0.2.1') })
    expect([reply.status, reply.body.code]).toEqual([429, 'too_many_requests'])
    expect(reply.headers.get('content-type')).toContain('application/problem+json')
    const seconds = Number(reply.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(500)
    expect(seconds).toBeLessThanOrEqual(600)
    expect(reply.body.detail).toContain(`Go on in ${seconds} seconds.`)
  })

  test('of one address say nothing about another', async () => {
    await failThrice('192.0.2.2')
    expect(await statusOf('192.0.2.2', wrong())).toBe(429)
    expect(await statusOf('192.0.2.3', wrong())).toBe(401)
  })

  test('of a customer’s whole IPv6 network count together', async () => {
    for (const host of ['1', 'ffff:1', 'a:b:c']) expect(await statusOf(`2001:db8:0:7::${host}`, wrong())).toBe(401)
    expect(await statusOf('2001:db8:0:7:1:2:3:4', wrong())).toBe(429)
    expect(await statusOf('2001:db8:0:8::1', null)).toBe(401)
  })

  test('without a key at all count too', async () => {
    for (let n = 0; n < 3; n++) expect(await statusOf('192.0.2.4', null)).toBe(401)
    expect(await statusOf('192.0.2.4', null)).toBe(429)
  })

  test('with one key count wherever they come from', async () => {
    for (const n of [1, 2, 3]) expect(await statusOf(`192.0.2.1${n}`, 'dn_a-revoked-key')).toBe(401)
    expect(await statusOf('192.0.2.14', 'dn_a-revoked-key')).toBe(429)
  })

  test('are counted together by all processes', async () => {
    for (const app of [api, second, api]) expect(await statusOf('192.0.2.20', wrong(), app)).toBe(401)
    expect(await statusOf('192.0.2.20', wrong(), second)).toBe(429)
    expect(await statusOf('192.0.2.20', wrong(), api)).toBe(429)
  })

  test('do not lock out a key that is known to be right, nor let in a right one that is not', async () => {
    const company = await api.company()
    const known = await api.keyOf('viewer', company)
    const unknown = await api.keyOf('viewer', company)
    const read = async (key: string) =>
      (await api.call('GET', `/v1/companies/${company}`, { key, headers: from('192.0.2.30') })).status
    expect(await read(known)).toBe(200)
    await failThrice('192.0.2.30')
    expect(await statusOf('192.0.2.30', wrong())).toBe(429)
    expect(await read(known)).toBe(200)
    expect(await read(unknown)).toBe(429)
  })

  test('of an address that is over the limit cost no statement', async () => {
    await failThrice('192.0.2.40')
    expect(await statusOf('192.0.2.40', wrong())).toBe(429)
    const query = jest.spyOn(pg.Client.prototype, 'query')
    for (let n = 0; n < 20; n++) expect(await statusOf('192.0.2.40', wrong())).toBe(429)
    expect(query).not.toHaveBeenCalled()
  })

  test('include wrong signatures of webhooks; a right one passes whatever its address has done', async () => {
    const company = await api.company()
    const secret = 'the-secret-of-traccar'
    await api.call('PUT', `/v1/companies/${company}/integrations/traccar`, { body: { webhookSecret: secret } })
    const send = async (by: string) =>
      (
        await api.call('POST', `/v1/webhooks/traccar/${company}`, {
          key: by,
          body: { event: { id: 1, type: 'deviceOnline' } },
          headers: from('192.0.2.50'),
        })
      ).status
    for (let n = 0; n < 3; n++) expect(await send('not-the-secret')).toBe(401)
    expect(await send('not-the-secret')).toBe(429)
    for (let n = 0; n < 5; n++) expect(await send(secret)).toBe(202)
    expect(await send('not-the-secret')).toBe(429)
  })

  test('keep no address in the database', async () => {
    await statusOf('192.0.2.60', null)
    const stored = await api.db('rate_limits').select('key')
    expect(stored.length).toBeGreaterThan(0)
    expect(JSON.stringify(stored)).not.toMatch(/192\.0\.2|2001:db8|wrong-key/)
  })
})

describe('an address that a client claims', () => {
  const api = useApi({
    config: { ...testConfig, trustProxy: 0, limits: { ...testConfig.limits, failedAuthentications: 2 } },
  })

  test('is not believed without a proxy', async () => {
    const statusFrom = async (address: string) =>
      (await api.call('GET', '/v1/api-keys', { key: null, headers: from(address) })).status
    expect(await statusFrom('198.51.100.1')).toBe(401)
    expect(await statusFrom('198.51.100.2')).toBe(401)
    expect(await statusFrom('198.51.100.3')).toBe(429)
  })
})

describe('requests by a key', () => {
  const api = useApi(limited({ requests: 50 }))
  const second = useApi({
    ...limited({ requests: 50 }),
    get db() {
      return api.db
    },
  })

  test('over the limit of a minute are answered 429, and another key’s are not', async () => {
    const company = await api.company()
    const [busy, quiet] = [await api.keyOf('viewer', company), await api.keyOf('viewer', company)]
    const statuses: number[] = []
    for (let n = 0; n < 52; n++)
      statuses.push((await api.call('GET', `/v1/companies/${company}`, { key: busy })).status)
    expect(statuses).toEqual([...Array(50).fill(200), 429, 429])
    const refused = await api.call('GET', `/v1/companies/${company}`, { key: busy })
    expect(refused.body.code).toBe('too_many_requests')
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect((await api.call('GET', `/v1/companies/${company}`, { key: quiet })).status).toBe(200)
    const metrics = (await api.call('GET', '/metrics', { key: null })).body
    expect(metrics).toContain('rate_limited_requests_total{limit="requests"} 3')
  })

  test('are counted together by all processes', async () => {
    const company = await second.company()
    const key = await second.keyOf('viewer', company)
    const statuses: number[] = []
    for (let n = 0; n < 60; n++) {
      const app = n % 2 === 0 ? api : second
      statuses.push((await app.call('GET', `/v1/companies/${company}`, { key })).status)
    }
    const served = statuses.filter((status) => status === 200).length
    // Each may be late by one lot, which is a single request here.
    expect(served).toBeGreaterThanOrEqual(50)
    expect(served).toBeLessThanOrEqual(52)
    expect(statuses.slice(-4)).toEqual([429, 429, 429, 429])
  })
})

describe('a burst of confirmations', () => {
  const api = useApi({ config: { ...testConfig, limits: { failedAuthentications: 60, requests: 12_000 } } })

  test('is far from every limit: none is refused, and none waits for a statement more', async () => {
    const company = await api.company()
    const key = await api.keyOf('dispatch', company)
    const routes = Array.from({ length: 100 }, (_, n) => `r${n}`)
    for (const route of routes)
      await api.call('PUT', `/v1/companies/${company}/routes/${route}`, {
        key,
        body: routeOf({ stops: [stopOf('s1')] }),
      })
    const query = jest.spyOn(pg.Client.prototype, 'query')
    const replies = await Promise.all(
      routes.map((route) => api.call('POST', `/v1/companies/${company}/routes/${route}/confirm`, { key })),
    )
    expect(replies.map(({ status }) => status)).toEqual(routes.map(() => 202))
    const statements = query.mock.calls.map(([statement]) => (statement as { text?: string }).text ?? String(statement))

    expect(statements.length).toBeGreaterThan(500)
    expect(statements.filter((text) => text.includes('rate_limits'))).toEqual([])
  })

  test('tells the other processes of itself in lots', async () => {
    const company = await api.company()
    const key = await api.keyOf('viewer', company)
    for (let n = 0; n < 240; n++) await api.call('GET', '/v1/companies/elsewhere', { key })
    const told = async () => (await api.db('rate_limits').select('points')).map(({ points }) => points)
    for (const end = Date.now() + 10_000; !(await told()).includes(240); )
      if (Date.now() > end) throw new Error(`The count was not shared: ${await told()}`)
  })
})

describe('without a database', () => {
  const db = connectDatabase('postgres://nobody:nothing@127.0.0.1:9/none')
  const api = useApi({ db, ...limited({ failedAuthentications: 3, requests: 5 }) })
  afterAll(() => db.destroy())

  test('a process counts by itself, and no limit turns a request into another error', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 5; n++)
      statuses.push((await api.call('GET', '/v1/api-keys', { key: null, headers: from('192.0.2.1') })).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
    const answers: number[] = []
    for (let n = 0; n < 6; n++) answers.push((await api.call('GET', '/v1/companies/c1')).status)
    expect(answers).toEqual([503, 503, 503, 503, 503, 429])
  })
})
