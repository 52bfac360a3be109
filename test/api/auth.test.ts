import { endpoints } from '../../api/endpoints'
import { roles } from '../../db/apiKeys'
import { useApi } from './useApi'

interface Operation {
  method: string
  path: string
  allowed: string[]
}

describe('who may call', () => {
  const api = useApi()
  let company: string
  let other: string
  const keys: Record<string, string> = {}
  const operations: Operation[] = []

  beforeAll(async () => {
    company = await api.company()
    other = await api.company()
    for (const role of roles) keys[role] = await api.keyOf(role, company)
    const document = (await api.call('GET', '/openapi.json', { key: null })).body
    for (const [path, methods] of Object.entries<Record<string, Record<string, unknown>>>(document.paths))
      for (const [method, operation] of Object.entries(methods))
        operations.push({ method: method.toUpperCase(), path, allowed: (operation['x-roles'] as string[]) ?? [] })
  })

  const pathIn = (path: string, companyId: string) =>
    path
      .replace('{companyId}', companyId)
      .replace('{vendor}', 'generic')
      .replace(/\{\w+\}/g, 'x1')
  const guarded = () => operations.filter(({ allowed }) => allowed.length > 0)

  test('the document lists every endpoint with the roles that may call it', () => {
    expect(operations).toHaveLength(endpoints.length)
    expect(guarded().length).toBeGreaterThan(20)
  })

  test('without a key, or with a bad one, every endpoint that asks for a key answers 401', async () => {
    for (const { method, path } of guarded())
      for (const key of [null, 'nonsense']) {
        const { status, body, headers } = await api.call(method, pathIn(path, company), { key })
        expect({ method, path, status, code: body.code }).toEqual({ method, path, status: 401, code: 'unauthorized' })
        expect(headers.get('www-authenticate')).toBe('Bearer')
      }
  })

  test('every role reaches exactly the endpoints that are for it', async () => {
    for (const { method, path, allowed } of guarded())
      for (const role of roles) {
        const { status } = await api.call(method, pathIn(path, company), { key: keys[role] ?? null })
        expect({ method, path, role, forbidden: status === 403 }).toEqual({
          method,
          path,
          role,
          forbidden: !allowed.includes(role),
        })
      }
  })

  test('another company’s resources do not exist, whatever the role may do', async () => {
    for (const { method, path } of guarded().filter(({ path }) => path.includes('{companyId}')))
      for (const role of roles) {
        const { status, body } = await api.call(method, pathIn(path, other), { key: keys[role] ?? null })
        expect({ method, path, role, status, code: body.code }).toEqual({
          method,
          path,
          role,
          status: 404,
          code: 'not_found',
        })
      }
  })

  test('a revoked key is no key', async () => {
    const { body: made } = await api.call('POST', '/v1/api-keys', {
      body: { name: 'gone', role: 'viewer', companyId: company },
    })
    expect((await api.call('GET', `/v1/companies/${company}`, { key: made.key })).status).toBe(200)
    expect((await api.call('DELETE', `/v1/api-keys/${made.id}`)).status).toBe(204)
    expect((await api.call('GET', `/v1/companies/${company}`, { key: made.key })).status).toBe(401)
    expect((await api.call('DELETE', `/v1/api-keys/${made.id}`)).status).toBe(404)
  })

  test('dispatch makes viewer and driver keys of its own company, and nothing else', async () => {
    const make = async (role: string, companyId?: string) =>
      (await api.call('POST', '/v1/api-keys', { key: keys.dispatch ?? null, body: { name: 'n', role, companyId } }))
        .status
    expect(await make('viewer')).toBe(201)
    expect(await make('driver', company)).toBe(201)
    expect(await make('dispatch')).toBe(403)
    expect(await make('admin')).toBe(403)
    expect(await make('viewer', other)).toBe(404)
    const listed = await api.call('GET', '/v1/api-keys?limit=200', { key: keys.dispatch ?? null })
    expect(new Set(listed.body.items.map((item: { companyId: string }) => item.companyId))).toEqual(new Set([company]))
    expect(JSON.stringify(listed.body)).not.toContain('dn_')
    const admin = listed.body.items.find((item: { role: string }) => item.role === 'admin')
    expect((await api.call('DELETE', `/v1/api-keys/${admin.id}`, { key: keys.dispatch ?? null })).status).toBe(403)
  })

  test('a key for one company needs a company that exists', async () => {
    for (const body of [
      { name: 'n', role: 'driver' },
      { name: 'n', role: 'driver', companyId: 'nowhere' },
    ]) {
      const reply = await api.call('POST', '/v1/api-keys', { body })
      expect([reply.status, reply.body.problems[0].path]).toEqual([422, 'companyId'])
    }
  })
})
