import { type Request, type RequestHandler, type Response, Router } from 'express'
import { ApiProblem } from '../../domain/errors'
import type { ApiParts } from '../apiParts'
import { authenticate, presentedBy } from '../auth/authenticate'
import { authorise } from '../auth/authorise'
import { type Caller, nobody } from '../auth/caller'
import { onceForItsKey } from '../idempotency/onceForItsKey'
import type { Guard } from '../limits/guard'
import type { Answer, Call, Endpoint } from './endpoint'
import { bodyHashOf, readBody } from './readBody'
import { sendStream } from './sendStream'
import { atWork } from './shedLoad'
import { validate } from './validate'

/** The express routes of declared endpoints, with everything that all of them do around their handlers. */
export function mountEndpoints(endpoints: readonly Endpoint[], api: ApiParts, guard: Guard): Router {
  const router = Router()
  for (const endpoint of endpoints) {
    const path = expressPath(endpoint.path)
    router[endpoint.method](path, admit(endpoint, guard), readBody(endpoint), answer(endpoint, api, guard))
  }
  for (const [path, methods] of methodsByPath(endpoints)) {
    router.all(expressPath(path), (request, response) => {
      response.set('Allow', methods.join(', '))
      throw new ApiProblem(
        'method_not_allowed',
        `${request.method} is not possible on ${path}; use ${methods.join(' or ')}.`,
      )
    })
  }
  return router
}

function admit({ access, path }: Endpoint, guard: Guard): RequestHandler {
  return async (request, response, next) => {
    response.locals.route = path
    if (typeof access === 'object') {
      const caller = await guard.callerOf(request)
      authorise(caller, access, request.params.companyId)
      response.locals.caller = caller
    }
    next()
  }
}

function answer(endpoint: Endpoint, api: ApiParts, guard: Guard): RequestHandler {
  const answered = async (request: Request, response: Response): Promise<void> => {
    const caller: Caller = response.locals.caller ?? nobody
    const now = api.clock()
    const checked = await validate(endpoint, request, caller, now, api)
    const call: Call = {
      ...checked,
      caller,
      now,
      header: (name) => request.get(name),
      url: `${api.config.publicUrl}${request.originalUrl}`,
      stillAllowed: () => stillAllowed(endpoint, request, api),
      rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    }
    const handle = async () => {
      const { access } = endpoint
      if (endpoint.testsProvider) await guard.testing(String(request.params.companyId))
      if (access === 'signature') return guard.verified(request, () => endpoint.handle(call, api))
      if (access === 'credentials') return guard.signingIn(request, () => endpoint.handle(call, api))
      return endpoint.handle(call, api)
    }
    const key = idempotencyKeyOf(endpoint, request)
    await send(response, key === undefined ? await handle() : await onceForItsKey(key, handle, endpoint, caller, api))
  }
  return (request, response) => atWork(response, () => answered(request, response))
}

function idempotencyKeyOf(endpoint: Endpoint, request: Request) {
  const key = request.get('idempotency-key')
  if (endpoint.method !== 'post' || typeof endpoint.access !== 'object' || key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new ApiProblem('invalid_request', 'The Idempotency-Key is not usable.', [
      { path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters, such as a UUID' },
    ])
  return { key, method: request.method, path: request.originalUrl, bodyHash: bodyHashOf(request) }
}

/** Not when the key, session or role is gone; a database that is away decides nothing. */
async function stillAllowed({ access }: Endpoint, request: Request, api: ApiParts): Promise<boolean> {
  if (typeof access !== 'object') return true
  try {
    const caller = await authenticate(presentedBy(request, api.config), api, { still: true })
    authorise(caller, access, request.params.companyId)
    return true
  } catch (error) {
    return !(error instanceof ApiProblem)
  }
}

async function send(response: Response, { status, body, text, stream, headers = {} }: Answer): Promise<void> {
  response.status(status).set(headers)
  if (stream !== undefined) return sendStream(response, stream)
  if (text !== undefined) response.type(text.contentType).send(text.content)
  else if (body === undefined) response.end()
  else response.json(body)
}

/** `/routes/{routeId}` as express writes it. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}

function methodsByPath(endpoints: readonly Endpoint[]): Map<string, string[]> {
  const methods = new Map<string, string[]>()
  for (const { path, method } of endpoints) {
    const known = methods.get(path) ?? []
    known.push(method.toUpperCase())
    if (method === 'get') known.push('HEAD')
    methods.set(path, known)
  }
  return methods
}
