import type { Recorder } from '../recorder'
import type { RouteBody } from './routeRules'

type Stop = Omit<RouteBody['stops'][number], 'id'> & { id: string; state: 'scheduled'; liveSharingUrl: string }

/** A route as the stand-in has it. */
export interface HeldRoute extends Omit<RouteBody, 'stops'> {
  id: string
  externalIds: Record<string, string>
  stops: Stop[]
}

let lastId = 4_000_000

function nextId(): string {
  lastId += 1
  return String(lastId)
}

/** The routes of the organization: what Samsara would keep of them, and what it would refuse of their ids. */
export class RouteStore {
  constructor(
    readonly routes: Recorder<HeldRoute>,
    private readonly vehicles: readonly string[] | null,
  ) {}

  /** By Samsara's id, or `key:value` of an external one. */
  find(id: string): HeldRoute | undefined {
    const [key = '', ...value] = id.split(':')
    return this.routes.all.find((route) => route.id === id || route.externalIds[key] === value.join(':'))
  }

  /** Why the ids of a body cannot be; null when they can. `replaced` is the route that the body is for. */
  problemWith({ vehicleId, externalIds, stops }: RouteBody, replaced?: HeldRoute): string | null {
    if (vehicleId !== undefined && this.vehicles !== null && !this.vehicles.includes(vehicleId))
      return `Vehicle ${vehicleId} does not exist.`
    const unknown = stops.find(({ id }) => id !== undefined && !replaced?.stops.some((stop) => stop.id === id))
    if (unknown !== undefined) return `Stop ${unknown.id} does not exist on the route.`
    // Names of stops that go with this are free again.
    const staying = replaced?.stops.filter(({ id }) => stops.some((stop) => stop.id === id)) ?? []
    const others = this.routes.all.filter((route) => route !== replaced)
    const objects = [...others.flatMap((route) => [route, ...route.stops]), ...staying]
    const owners = new Map(objects.flatMap((object) => namesOf(object).map((name) => [name, object.id] as const)))
    for (const { id, externalIds: names } of [{ id: replaced?.id, externalIds }, ...stops]) {
      for (const name of namesOf({ externalIds: names })) {
        const owner = owners.get(name)
        if (owner !== undefined && owner !== id) return `External ID ${name} is already in use.`
        owners.set(name, id ?? 'another new one')
      }
    }
    return null
  }

  create(body: RouteBody): HeldRoute {
    const route = { ...body, id: nextId(), externalIds: body.externalIds ?? {}, stops: body.stops.map(newStop) }
    this.routes.add(route)
    return route
  }

  /** The stops of the body are all that the route has from now on. */
  update(route: HeldRoute, body: RouteBody): void {
    const stops = body.stops.map((stop) => {
      const known = route.stops.find(({ id }) => id === stop.id)
      return known === undefined ? newStop(stop) : { ...known, ...stop, id: known.id }
    })
    Object.assign(route, { ...body, externalIds: { ...route.externalIds, ...body.externalIds }, stops })
    this.routes.changed()
  }

  delete(route: HeldRoute): void {
    const left = this.routes.all.filter((other) => other !== route)
    this.routes.clear()
    for (const each of left) this.routes.add(each)
    this.routes.changed()
  }
}

function newStop(stop: RouteBody['stops'][number]): Stop {
  const id = nextId()
  return { ...stop, id, state: 'scheduled', liveSharingUrl: `https://cloud.samsara.com/o/1/fleet/viewer/${id}` }
}

function namesOf({ externalIds }: { externalIds?: Record<string, string> | undefined }): string[] {
  return Object.entries(externalIds ?? {}).map(([key, value]) => `${key}:${value}`)
}
