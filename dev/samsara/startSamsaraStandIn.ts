import { FaultList } from '../faultList'
import { listen } from '../listen'
import { Recorder } from '../recorder'
import { standInApp } from '../standInApp'
import { type SamsaraFault, type SamsaraFaultInput, samsaraFault } from './faults'
import { type HeldRoute, RouteStore } from './routeStore'
import { type RouteRequest, routesEndpoints } from './routesEndpoints'

export interface SamsaraStandInOptions {
  apiToken: string
  /** The vehicles of the organization; any when left out. */
  vehicles?: readonly string[]
  /** A free one when left out. */
  port?: number
}

export interface SamsaraStandIn {
  /** Base address, in the place of https://api.samsara.com. */
  url: string
  /** The routes that Samsara would have now, the oldest first. */
  readonly routes: readonly HeldRoute[]
  /** Every request about routes, the refused and dropped ones too. */
  readonly requests: readonly RouteRequest[]
  /** Waits for a route to be there or to change. Default 10 s; see `Recorder.waitFor`. */
  waitFor(matches: (route: HeldRoute) => boolean, timeoutMs?: number): Promise<HeldRoute>
  waitForRequest(matches: (request: RouteRequest) => boolean, timeoutMs?: number): Promise<RouteRequest>
  /** Shows a fault from now on. Another process does it with `POST /_stand-in/faults`. */
  fault(fault: SamsaraFaultInput): void
  clearFaults(): void
  /** Forgets its routes and what it was asked. */
  clear(): void
  stop(): Promise<void>
}

/**
 * A server that speaks the part of Samsara's API that routes are handed off by, and shows its routes at `/`. It validates
 * as Samsara documents it, lets no two objects have one external id, and shows faults when it is told to.
 *
 * @throws Error when the port is in use
 */
export async function startSamsaraStandIn(options: SamsaraStandInOptions): Promise<SamsaraStandIn> {
  const { apiToken, vehicles, port } = options
  const routes = new Recorder<HeldRoute>('route', ({ id, name, stops }) => `${id} ${name}, ${stops.length} stops`)
  const requests = new Recorder<RouteRequest>('request', ({ method, what, outcome }) => `${method} ${what}: ${outcome}`)
  const faults = new FaultList<SamsaraFault>()
  const clear = () => {
    routes.clear()
    requests.clear()
  }
  const app = standInApp({
    page: () => ({
      title: 'Routes (Samsara stand-in)',
      intro: 'Routes that trucks would have been given by Samsara.',
      columns: ['Id', 'Name', 'Vehicle', 'Stops'],
      rows: routes.all.toReversed().map(({ id, name, vehicleId, stops }) => {
        const lines = stops.map((stop) => `${stop.scheduledArrivalTime ?? ''} ${stop.name ?? ''}`)
        return [id, name, vehicleId ?? '', lines.join('\n')]
      }),
    }),
    messages: () => routes.all,
    requests: () => requests.all,
    clear,
    faultForm: samsaraFault,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
  })
  app.use(routesEndpoints({ apiToken, store: new RouteStore(routes, vehicles ?? null), requests, faults }))
  const server = await listen('The Samsara stand-in', app, port)

  return {
    url: server.url,
    get routes() {
      return routes.all
    },
    get requests() {
      return requests.all
    },
    waitFor: (matches, timeoutMs) => routes.waitFor(matches, timeoutMs),
    waitForRequest: (matches, timeoutMs) => requests.waitFor(matches, timeoutMs),
    fault: (fault) => faults.add(samsaraFault.parse(fault)),
    clearFaults: () => faults.clear(),
    clear,
    stop: () => server.stop(),
  }
}
