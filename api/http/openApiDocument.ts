import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import { type ErrorCode, errorCodes, errorMeanings } from '../../domain/errors'
import type { Endpoint } from './endpoint'

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(errorCodes),
    detail: z.string(),
    problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. `problems` lists everything wrong with the request at once.' })

const description =
  'Tells the customers of a confirmed route when to expect the truck, when it has arrived and when it has left. ' +
  'Every answer carries `X-Request-Id`; errors are `application/problem+json`.'

/** The OpenAPI 3.1 document of the very declarations that the routes are made of. */
export function openApiDocument(endpoints: readonly Endpoint[], publicUrl: string) {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer', description: 'An API key.' })
  const cookie =
    'Of an operator who has signed in by POST /v1/session; changes need X-Requested-With: dispatch-console.'
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-session',
    description: cookie,
  })
  for (const endpoint of endpoints) registry.registerPath(operationOf(endpoint))
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'dispatch-notifications', version: '1', description },
    servers: [{ url: publicUrl }],
  })
}

type Operation = Parameters<OpenAPIRegistry['registerPath']>[0]

function operationOf(endpoint: Endpoint): Operation {
  const { access, path, method } = endpoint
  const roles = typeof access === 'object' ? access.roles : []
  const body = endpoint.body ?? endpoint.documentedBody
  return {
    method,
    path,
    operationId: operationIdOf(endpoint),
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: [endpoint.description, roles.length > 0 ? `Roles: ${roles.join(', ')}.` : undefined]
      .filter(Boolean)
      .join('\n\n'),
    security: roles.length > 0 ? [{ key: [] }, { session: [] }] : [],
    ...(roles.length > 0 && { 'x-roles': [...roles] }),
    request: {
      ...(endpoint.params !== undefined && { params: endpoint.params }),
      ...(endpoint.query !== undefined && { query: endpoint.query }),
      ...(isPostWithKey(endpoint) && { headers: z.object({ 'Idempotency-Key': z.string().max(255).optional() }) }),
      ...(body !== undefined && {
        body: {
          required: !body.safeParse({}).success,
          content: {
            [endpoint.bodyAs === 'form' ? 'application/x-www-form-urlencoded' : 'application/json']: { schema: body },
          },
        },
      }),
    },
    responses: { ...answersOf(endpoint), ...problemsOf(endpoint) },
  }
}

function answersOf(endpoint: Endpoint): Operation['responses'] {
  return Object.fromEntries(
    Object.entries(endpoint.answers).map(
      ([status, { description, schema, contentType = 'application/json', headers }]) => [
        status,
        {
          description,
          ...(schema !== undefined && { content: { [contentType]: { schema } } }),
          ...(headers !== undefined && {
            headers: Object.fromEntries(
              Object.entries(headers).map(([name, what]) => [
                name,
                { description: what, schema: { type: 'string' as const } },
              ]),
            ),
          }),
        },
      ],
    ),
  )
}

/** One response a status, naming the codes that it may carry. */
function problemsOf(endpoint: Endpoint): Operation['responses'] {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set(codesOf(endpoint))) {
    const { status } = errorMeanings[code]
    // A status that is also an answer of its own (503 of /readyz) is described there.
    if (endpoint.answers[status] === undefined) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  )
}

function codesOf(endpoint: Endpoint): ErrorCode[] {
  const { access, bodyAs, method, path } = endpoint
  const codes: ErrorCode[] = ['invalid_request', 'internal', 'overloaded', 'database_away', ...(endpoint.errors ?? [])]
  if (typeof access === 'object') codes.push('unauthorized', 'forbidden', 'too_many_requests')
  if (access === 'credentials') codes.push('sign_in_failed', 'cross_site_request', 'too_many_requests')
  if (typeof access === 'object' && method !== 'get') codes.push('cross_site_request')
  if (access === 'signature') codes.push('invalid_signature', 'too_many_requests')
  if (path.includes('{')) codes.push('not_found')
  if (method !== 'get') codes.push('payload_too_large')
  if (method !== 'get' && (bodyAs ?? 'json') === 'json') codes.push('malformed_json', 'unsupported_media_type')
  if (isPostWithKey(endpoint)) codes.push('idempotency_key_reused', 'idempotency_key_in_use')
  return codes
}

const isPostWithKey = ({ method, access }: Endpoint) => method === 'post' && typeof access === 'object'

/** `put /v1/companies/{companyId}/trucks/{truckId}` is `putTrucksTruckId`. */
function operationIdOf({ method, path }: Endpoint): string {
  const words = path
    .replace('/v1/companies/{companyId}/', '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
