import { createHmac, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks'
import { endpoints } from '../../api/endpoints'
import type { Endpoint } from '../../api/http/endpoint'
import { openApiDocument } from '../../api/http/openApiDocument'
import { anyMutant, anyOf, type Schema, type Schemas } from './anyOf'
import { publicUrl, type Reply, routeOf, twilioToken, useApi } from './useApi'

interface Operation {
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
}

/** How often each call is made with a body that may be right, and as often with one that is not. */
const runs = Number(process.env.FUZZ_RUNS ?? 12)
const seed = Number(process.env.FUZZ_SEED ?? 20_261_127)

const api = useApi()
const document = openApiDocument(endpoints, publicUrl)
const schemas = (document.components?.schemas ?? {}) as Schemas
const vendorSecret = Buffer.alloc(24, 5).toString('base64')
const keys: (string | null)[] = [null]
let company: string

beforeAll(async () => {
  company = await api.company()
  const path = `/v1/companies/${company}`
  for (const vendor of ['samsara', 'traccar', 'generic'])
    await api.call('PUT', `${path}/integrations/${vendor}`, { body: { webhookSecret: vendorSecret } })
  await api.call('PUT', `${path}/trucks/t1`, { body: { name: 'T', device: { vendor: 'generic', deviceId: 'd1' } } })
  await api.call('PUT', `${path}/routes/r1`, { body: routeOf({ truckId: 't1' }) })
  for (const role of ['dispatch', 'viewer', 'driver']) keys.push(await api.keyOf(role, company))
})

/** What exists, so that a call gets behind the door, or whatever a caller may write. */
function anyParameter(name: string): fc.Arbitrary<string> {
  const known: Record<string, string[]> = {
    routeId: ['r1', 'r2'],
    stopId: ['s1', 's2'],
    truckId: ['t1', 't2'],
    number: ['C1', 'C2'],
    vendor: ['samsara', 'traccar', 'generic'],
  }
  const real =
    name === 'companyId' ? fc.constant(null).map(() => company) : fc.constantFrom(...(known[name] ?? [randomUUID()]))
  return fc.oneof({ weight: 9, arbitrary: real }, { weight: 1, arbitrary: fc.string({ minLength: 1, unit: 'binary' }) })
}

/** A request that the document allows, or nearly. */
function anyRequest({ path, bodyAs }: Endpoint, operation: Operation, mutate: boolean) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const parameters = operation.parameters?.filter((parameter) => parameter.in === 'query') ?? []
  const query = fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, anyOf(schema, schemas)])), {
    requiredKeys: [],
  })
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  const right = schema === undefined ? fc.constant(undefined) : anyOf(schema, schemas)
  const changed = <Value>(value: fc.Arbitrary<Value>) => (mutate ? value.chain(anyMutant) : value)
  return fc.record({
    params: fc.tuple(...names.map(anyParameter)),
    query: fc.oneof({ weight: 2, arbitrary: query }, { weight: mutate ? 1 : 0, arbitrary: query.chain(anyMutant) }),
    body: schema === undefined ? right : changed(right),
    key: fc.nat(12).map((index) => (index < keys.length ? keys[index] : undefined)),
    as: fc.constant(bodyAs ?? 'json'),
  })
}

type AnyRequest = ReturnType<typeof anyRequest> extends fc.Arbitrary<infer Value> ? Value : never

async function send(endpoint: Endpoint, { params, query, body, key, as }: AnyRequest): Promise<Reply> {
  let index = 0
  const path = endpoint.path.replace(/\{\w+\}/g, () => encoded(params[index++] ?? ''))
  const search = as === 'form' || typeof query !== 'object' ? '' : `?${formOf(query)}`
  const raw = body === undefined ? undefined : as === 'form' ? formOf(body) : JSON.stringify(body)
  const headers = signatures(endpoint.path, `${path}${search}`, raw ?? '')
  // A stream has no end.
  const method = endpoint.path.endsWith('/changes') ? 'HEAD' : endpoint.method.toUpperCase()
  return api.call(method, `${path}${search}`, {
    ...(key !== undefined && { key }),
    ...(raw !== undefined && method !== 'GET' && method !== 'HEAD' && { raw }),
    headers: { ...(as === 'form' && { 'Content-Type': 'application/x-www-form-urlencoded' }), ...headers },
  })
}

/** As a vendor signs, so that the body is looked into. */
function signatures(path: string, url: string, raw: string): Record<string, string> {
  if (!path.includes('/webhooks/')) return {}
  const second = Math.floor(api.state.now / 1_000)
  if (path.includes('/traccar/')) return { Authorization: `Bearer ${vendorSecret}` }
  if (path.includes('/generic/')) {
    const signature = new Webhook(vendorSecret).sign('m1', new Date(api.state.now), raw)
    return { 'webhook-id': 'm1', 'webhook-timestamp': String(second), 'webhook-signature': signature }
  }
  if (path.includes('/samsara/')) {
    const mac = createHmac('sha256', Buffer.from(vendorSecret, 'base64')).update(`v1:${second}:${raw}`).digest('hex')
    return { 'X-Samsara-Signature': `v1=${mac}`, 'X-Samsara-Timestamp': String(second) }
  }
  const fields = Object.fromEntries(new URLSearchParams(raw))
  return { 'X-Twilio-Signature': getExpectedTwilioSignature(twilioToken, `${publicUrl}${url}`, fields) }
}

/** A lone surrogate has no encoding. */
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString())

function formOf(value: unknown): string {
  const fields = Object.entries((value ?? {}) as object).filter(([, field]) => field !== undefined)
  const text = (field: unknown) => (typeof field === 'object' ? JSON.stringify(field) : String(field))
  return fields.map(([name, field]) => `${encoded(name)}=${encoded(text(field))}`).join('&')
}

const calls = endpoints.map((endpoint) => {
  const operation = (document.paths?.[endpoint.path] as Record<string, Operation> | undefined)?.[endpoint.method]
  if (operation === undefined) throw new Error(`The document has no ${endpoint.method} ${endpoint.path}.`)
  return { name: `${endpoint.method.toUpperCase()} ${endpoint.path}`, endpoint, operation }
})

test.each(calls)('$name answers whatever it is sent as the document says', async ({ endpoint, operation }) => {
  const once = async (request: AnyRequest) => {
    const { status, body, headers } = await send(endpoint, request)
    expect({ status, documented: String(status) in operation.responses }).toEqual({ status, documented: true })
    // A 503 of /readyz is an answer, not a failure.
    const failed = status >= 500 && !(status in endpoint.answers)
    expect({ status, body, failed }).toEqual({ status, body, failed: false })
    if (status in endpoint.answers) {
      const schema = endpoint.answers[status]?.schema
      if (schema !== undefined) expect(schema.safeParse(body).error).toBeUndefined()
    } else if (body !== '' && /json/.test(headers.get('content-type') ?? '')) {
      expect(body).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) })
      if (status === 422) expect(body.problems.length).toBeGreaterThan(0)
    }
  }
  for (const mutate of [false, true])
    await fc.assert(fc.asyncProperty(anyRequest(endpoint, operation, mutate), once), { seed, numRuns: runs })
})
