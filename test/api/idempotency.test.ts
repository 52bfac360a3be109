import { randomUUID } from 'node:crypto'
import { useApi } from './useApi'

describe('an Idempotency-Key', () => {
  const api = useApi()
  let company: string
  beforeAll(async () => {
    company = await api.company()
  })
  const post = (key: string, body: object, path = `/v1/companies/${company}/consents`, apiKey?: string) =>
    api.call('POST', path, { body, headers: { 'Idempotency-Key': key }, ...(apiKey !== undefined && { key: apiKey }) })
  const consent = (note: string) => ({
    address: '512-555-0101',
    channel: 'sms',
    action: 'granted',
    source: 'form',
    note,
  })
  const recorded = async () => (await api.db('consents').where({ company_id: company })).length

  test('gives the first answer again for the same request', async () => {
    const key = randomUUID()
    const before = await recorded()
    const first = await post(key, consent('a'))
    const second = await post(key, consent('a'))
    expect([second.status, second.body]).toEqual([first.status, first.body])
    expect(await recorded()).toBe(before + 1)
  })

  test('refuses another body or path, and is each caller’s own', async () => {
    const key = randomUUID()
    await post(key, consent('a'))
    const other = await post(key, consent('b'))
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_reused'])
    const elsewhere = await post(key, consent('a'), `/v1/companies/${company}/settings/restore`)
    expect(elsewhere.status).toBe(422)
    expect((await post(key, consent('b'), undefined, await api.keyOf('dispatch', company))).status).toBe(201)
  })

  test('lets one of several at once through', async () => {
    const key = randomUUID()
    const before = await recorded()
    const statuses = (await Promise.all([1, 2, 3, 4].map(() => post(key, consent('c'))))).map(({ status }) => status)
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([])
    expect(await recorded()).toBe(before + 1)
  })

  test('is free again after a request that failed', async () => {
    const key = randomUUID()
    const path = `/v1/companies/${company}/settings/restore`
    expect((await post(key, { version: 9 }, path)).status).toBe(404)
    for (const smsEnabled of [true, false, true, false, true, false, true, false])
      await api.call('PUT', `/v1/companies/${company}/settings`, { body: { smsEnabled } })
    expect((await post(key, { version: 9 }, path)).status).toBe(200)
  })

  test('of a new API key gives the same key again without storing it in the clear', async () => {
    const body = { name: 'n', role: 'viewer', companyId: company }
    const idempotencyKey = randomUUID()
    const first = await post(idempotencyKey, body, '/v1/api-keys')
    const second = await post(idempotencyKey, body, '/v1/api-keys')
    expect(second.body).toEqual(first.body)
    const { response } = await api.db('idempotency_keys').where({ key: idempotencyKey }).first()
    expect(JSON.stringify(response)).not.toContain(first.body.key)
  })

  test('has to be a usable one', async () => {
    expect((await post('two words', consent('a'))).body.problems[0].path).toBe('Idempotency-Key')
    expect((await post('x'.repeat(256), consent('a'))).status).toBe(422)
  })
})
