import { randomUUID } from 'node:crypto'
import express, { type Request, type Response, Router } from 'express'
import type { FaultList } from '../faultList'
import type { Recorder } from '../recorder'
import { isCarriedOut, type SamsaraFault } from './faults'
import { type RouteBody, readRouteBody } from './routeRules'
import type { HeldRoute, RouteStore } from './routeStore'

/** One request about routes, whatever became of it. */
export interface RouteRequest {
  at: number
  method: string
  /** What it is about: Samsara's id or an external one, or the name of a new route. */
  what: string
  /** `done`, the status of a refusal, or the kind of the fault that it met instead. */
  outcome: string
  body: unknown
}

export interface RoutesEndpoints {
  apiToken: string
  store: RouteStore
  requests: Recorder<RouteRequest>
  faults: FaultList<SamsaraFault>
}

/** What a request comes to: an answer, and what is done before it. */
interface Verdict {
  status: number
  what: string
  problem?: string
  carryOut?: () => HeldRoute | null
}

/** Samsara's `/fleet/routes` (https://developers.samsara.com/reference/createroute): create, read, update, delete. */
export function routesEndpoints({ apiToken, store, requests, faults }: RoutesEndpoints): Router {
  const router = Router()
  router.use('/fleet', (request, response, next) => {
    if (request.get('authorization') === `Bearer ${apiToken}`) next()
    else refuse(response, 401, 'Invalid token.')
  })
  router.use(express.json({ limit: '1mb' }))

  function serve(on: SamsaraFault['on'], judge: (request: Request) => Verdict) {
    return (request: Request, response: Response) => {
      const fault = faults.take((each) => each.on === on)
      const { status, what, problem, carryOut } = judge(request)
      const outcome = fault?.kind ?? (problem === undefined ? 'done' : String(status))
      const { method, body } = request
      requests.add({ at: Date.now(), method, what, outcome, body })
      const route = isCarriedOut(fault) ? (carryOut?.() ?? null) : null
      if (fault !== undefined) show(fault, response)
      else if (problem !== undefined) refuse(response, status, problem)
      else if (status === 204) response.status(204).end()
      else response.status(status).json({ data: route })
    }
  }

  const missing = (id: string): Verdict => ({ status: 404, what: id, problem: `Route ${id} does not exist.` })

  router.post(
    '/fleet/routes',
    serve('create', ({ body }) => {
      const what = String(body?.name ?? '')
      return withBody(body, what, undefined, store, (route) => store.create(route))
    }),
  )
  const one = router.route('/fleet/routes/:id')
  one.get(
    serve('read', ({ params }) => {
      const id = String(params.id)
      const route = store.find(id)
      return route === undefined ? missing(id) : { status: 200, what: id, carryOut: () => route }
    }),
  )
  one.patch(
    serve('update', ({ params, body }) => {
      const id = String(params.id)
      const route = store.find(id)
      if (route === undefined) return missing(id)
      const { vehicleId, driverId, name, settings } = route
      const whole = { vehicleId, driverId, name, settings, stops: route.stops, ...body }
      return withBody(whole, id, route, store, (changed) => {
        store.update(route, changed)
        return route
      })
    }),
  )
  one.delete(
    serve('delete', ({ params }) => {
      const id = String(params.id)
      const route = store.find(id)
      if (route === undefined) return missing(id)
      const carryOut = () => {
        store.delete(route)
        return null
      }
      return { status: 204, what: id, carryOut }
    }),
  )
  return router
}

function withBody(
  body: unknown,
  what: string,
  replaced: HeldRoute | undefined,
  store: RouteStore,
  carryOut: (route: RouteBody) => HeldRoute,
): Verdict {
  const read = readRouteBody(body)
  const problem = 'problem' in read ? read.problem : store.problemWith(read.route, replaced)
  if ('problem' in read || problem !== null) return { status: 400, what, problem: problem ?? 'Bad request.' }
  return { status: 200, what, carryOut: () => carryOut(read.route) }
}

function refuse(response: Response, status: number, message: string): void {
  response.status(status).json({ message, requestId: randomUUID() })
}

function show(fault: SamsaraFault, response: Response): void {
  switch (fault.kind) {
    case 'rate_limited':
      refuse(response.set('Retry-After', String(fault.retryAfterSeconds)), 429, 'Rate limit exceeded.')
      break
    case 'server_error':
      refuse(response, fault.status, 'Internal error.')
      break
    case 'refuse':
      refuse(response, fault.status, fault.message)
      break
    case 'drop_after_accept':
      response.socket?.destroy()
  }
}
