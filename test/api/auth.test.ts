import crypto, { createHash } from 'node:crypto'
import { endpoints } from '../../api/endpoints'
import { defineEndpoint } from '../../api/http/endpoint'
import { openApiDocument } from '../../api/http/openApiDocument'
import { type Role, roles } from '../../db/apiKeys'
import { operatorRoles } from '../../db/operators'
import { testConfig, useApi } from './useApi'
import { useOperators } from './useOperators'

interface Operation {
  method: string
  path: string
  allowed: string[]
}

/** What the document says: an operation without roles asks for no key. */
function operationsOf(document: { paths?: object }): Operation[] {
  return Object.entries<Record<string, Record<string, unknown>>>({ ...document.paths }).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      allowed: (operation['x-roles'] as string[]) ?? [],
    })),
  )
}

/** The only calls that ask for no key. Whoever adds one says so here. */
const open = [
  'GET /healthz',
  'GET /readyz',
  'GET /u/{token}',
  'GET /v1/session/oidc',
  'GET /v1/session/oidc/callback',
  'GET /v1/session/options',
  'POST /u/{token}',
  'POST /v1/session',
  'POST /v1/session/password',
  'POST /v1/webhooks/generic/{companyId}',
  'POST /v1/webhooks/samsara/{companyId}',
  'POST /v1/webhooks/traccar/{companyId}',
  'POST /v1/webhooks/twilio/inbound',
  'POST /v1/webhooks/twilio/status',
]

/**
 * Who may call, by the table of roles: admin and dispatch everything, viewer reads and previews, driver reads a route and
 * reports. Who has which keys, and who changed what, is for admin and dispatch alone.
 */
function mayCall(role: Role, method: string, path: string): boolean {
  if (path === '/v1/audit') return role === 'admin'
  if (path.startsWith('/v1/driver/')) return role === 'driver'
  if (role === 'admin' || role === 'dispatch') return true
  if (path.startsWith('/v1/session')) return role !== 'driver'
  if (path.includes('/api-keys') || path.includes('/operators') || path.endsWith('/audit')) return false
  if (path.includes('/provider-tests/')) return false
  if (role === 'viewer') return method === 'GET' || path.endsWith('/settings/preview')
  const route = '/v1/companies/{companyId}/routes/{routeId}'
  if (method === 'GET') return path === route
  return ['arrived', 'departed', 'skipped'].some((report) => path === `${route}/stops/{stopId}/${report}`)
}

const openOnes = (operations: Operation[]) =>
  operations
    .filter(({ allowed }) => allowed.length === 0)
    .map(({ method, path }) => `${method} ${path}`)
    .sort()
const wrongOnes = (operations: Operation[]) =>
  operations.filter(
    ({ method, path, allowed }) =>
      allowed.length > 0 && roles.some((role) => allowed.includes(role) !== mayCall(role, method, path)),
  )

describe('who may call', () => {
  const api = useApi()
  const operators = useOperators(api)
  let company: string
  let other: string
  const keys: Record<string, string> = {}
  const operations: Operation[] = []

  beforeAll(async () => {
    company = await api.company()
    other = await api.company()
    for (const role of roles) keys[role] = await api.keyOf(role, company)
    const document = (await api.call('GET', '/openapi.json', { key: null })).body
    operations.push(...operationsOf(document))
  })

  const pathIn = (path: string, companyId: string) =>
    path
      .replace('{companyId}', companyId)
      .replace('{vendor}', 'generic')
      .replace(/\{\w+\}/g, 'x1')
  /** A stream has no end: its head says who may have it. */
  const brief = (method: string, path: string) => (path.endsWith('/changes') ? 'HEAD' : method)
  const guarded = () => operations.filter(({ allowed }) => allowed.length > 0)

  test('the document lists every endpoint with the roles that may call it', () => {
    expect(operations).toHaveLength(endpoints.length)
    expect(guarded().length).toBeGreaterThan(20)
    expect(openOnes(operations)).toEqual(open)
    expect(wrongOnes(operations)).toEqual([])
  })

  test('an endpoint that somebody adds without roles, or with those of somebody else, is noticed', () => {
    const planted = (method: 'get' | 'post', access: Parameters<typeof defineEndpoint>[0]['access']) =>
      operationsOf(
        openApiDocument(
          [
            ...endpoints,
            defineEndpoint({
              method,
              path: '/v1/companies/{companyId}/planted',
              tag: 'Planted',
              summary: 'Planted',
              access,
              answers: { 200: { description: 'Planted.' } },
              handle: async () => ({ status: 200 }),
            }),
          ],
          'https://dispatch.example.com',
        ),
      )
    expect(openOnes(planted('get', 'anybody'))).not.toEqual(open)
    expect(openOnes(planted('post', 'signature'))).not.toEqual(open)
    expect(openOnes(planted('post', { roles: [] }))).not.toEqual(open)
    expect(wrongOnes(planted('post', { roles: ['admin', 'dispatch', 'viewer'] }))).toHaveLength(1)
    expect(wrongOnes(planted('get', { roles: ['admin', 'dispatch', 'driver'] }))).toHaveLength(1)
    expect(wrongOnes(planted('get', { roles: ['admin', 'dispatch', 'viewer'] }))).toEqual([])
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
        const { status } = await api.call(brief(method, path), pathIn(path, company), { key: keys[role] ?? null })
        expect({ method, path, role, forbidden: status === 403 }).toEqual({
          method,
          path,
          role,
          forbidden: !allowed.includes(role),
        })
      }
  })

  test('an operator who has signed in reaches exactly what a key of the same role does', async () => {
    // A session that is over reaches nothing: those calls come last.
    const ending = (path: string, method: string) => (path.startsWith('/v1/session') && method === 'DELETE' ? 1 : 0)
    const calls = guarded().sort((a, b) => ending(a.path, a.method) - ending(b.path, b.method))
    for (const role of operatorRoles) {
      const { cookie } = await operators.add({ role, companyId: company })
      for (const { method, path, allowed } of calls.slice(0, -1)) {
        const { status } = await operators.callAs(cookie, brief(method, path), pathIn(path, company))
        const seen = { method, path, role, forbidden: status === 403, unknown: status === 401 }
        expect(seen).toEqual({ method, path, role, forbidden: !allowed.includes(role), unknown: false })
        if (!path.includes('{companyId}')) continue
        const foreign = await operators.callAs(cookie, method, pathIn(path, other))
        expect({ method, path, role, status: foreign.status }).toEqual({ method, path, role, status: 404 })
      }
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

  test('an admin of one company makes, sees and revokes no key of another', async () => {
    const { body: foreign } = await api.call('POST', '/v1/api-keys', {
      body: { name: 'foreign', role: 'viewer', companyId: other },
    })
    for (const key of [keys.admin ?? null, keys.dispatch ?? null]) {
      const made = await api.call('POST', '/v1/api-keys', {
        key,
        body: { name: 'n', role: 'viewer', companyId: other },
      })
      expect(made.status).toBe(404)
      const listed = await api.call('GET', '/v1/api-keys?limit=200', { key })
      expect(listed.body.items.map(({ id }: { id: string }) => id)).not.toContain(foreign.id)
      expect((await api.call('DELETE', `/v1/api-keys/${foreign.id}`, { key })).status).toBe(404)
    }
    expect((await api.call('GET', `/v1/companies/${other}`, { key: foreign.key })).status).toBe(200)
  })

  test('a key is stored as a hash alone, and says when it was last used', async () => {
    const { body: made } = await api.call('POST', '/v1/api-keys', {
      body: { name: 'used', role: 'viewer', companyId: company },
    })
    const stored = await api.db('api_keys').where({ id: made.id }).first()
    expect(stored.secret_hash).toEqual(createHash('sha256').update(made.key).digest())
    expect(JSON.stringify(stored)).not.toContain(made.key)
    const lastUsed = async () =>
      (await api.call('GET', '/v1/api-keys?limit=200')).body.items.find(({ id }: { id: string }) => id === made.id)
        .lastUsedAt
    expect(await lastUsed()).toBeUndefined()
    await api.call('GET', `/v1/companies/${company}`, { key: made.key })
    for (const end = Date.now() + 10_000; (await lastUsed()) === undefined; )
      if (Date.now() > end) throw new Error('The use of the key was not noted.')
  })

  test('the key of the environment is compared in a time that tells nothing about it', async () => {
    const compare = jest.spyOn(crypto, 'timingSafeEqual')
    for (const key of ['short', testConfig.adminApiKey, `${testConfig.adminApiKey.slice(0, -1)}x`])
      await api.call('GET', '/v1/api-keys', { key })
    // Hashes, so that they are as long whatever was given.
    expect(compare.mock.calls.map(([given, expected]) => [given.byteLength, expected.byteLength])).toEqual([
      [32, 32],
      [32, 32],
      [32, 32],
    ])
    compare.mockRestore()
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
