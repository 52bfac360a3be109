import { createHash } from 'node:crypto'
import type { RouteFacts, StopRecord } from './facts'
import type { CalendarDate, DeviceVendor, StopKind } from './words'

export interface Device {
  vendor: DeviceVendor
  deviceId: string
}

/** What a vendor is told of a route, and all of it: no customer, contract, phone or email. */
export interface HandOffDocument {
  routeId: string
  name: string
  serviceDate: CalendarDate
  truckId: string
  deviceId: string
  /** In the order of the plan. */
  stops: HandOffStop[]
}

export interface HandOffStop {
  stopId: string
  kind: StopKind
  /** RFC 3339. */
  scheduledAt: string
  address: string
  location?: { latitude: number; longitude: number }
  geofenceId?: string
}

/** What the vendor of the truck's device is to know of the route now; null for a route without a truck. */
export function handOffDocument({ route, stops }: RouteFacts, deviceId: string): HandOffDocument | null {
  if (route.truck === null) return null
  const { routeId, name, serviceDate } = route
  return { routeId, name, serviceDate, truckId: route.truck.truckId, deviceId, stops: planned(stops).map(stopOf) }
}

function planned(stops: StopRecord[]): StopRecord[] {
  return stops.filter(({ status }) => status !== 'cancelled')
}

function stopOf({ stopId, kind, scheduledAt, address, location, geofenceId }: StopRecord): HandOffStop {
  return {
    stopId,
    kind,
    scheduledAt: new Date(scheduledAt).toISOString(),
    address,
    ...(location !== null && { location }),
    ...(geofenceId !== null && { geofenceId }),
  }
}

/** The same for the same content: says whether the vendor has to be told again. */
export function fingerprintOf(document: HandOffDocument): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex')
}

/** Samsara's id of a saved address, or its `key:value` of one: a stop may be given by it. */
export function isSamsaraAddress(geofenceId: string | undefined): geofenceId is string {
  return geofenceId !== undefined && /^(\d+|[A-Za-z0-9]+:.+)$/.test(geofenceId)
}

/** Samsara refuses a route with fewer. */
const fewestStops = 2

/** Why the route cannot be handed off, and what to do about it; null when it can. */
export function whyNoHandOff({ route, stops, handsOffTo }: RouteFacts): string | null {
  const { truck } = route
  if (truck === null) return 'The route has no truck. Put the route with a truckId.'
  if (truck.device === null) return `Truck "${truck.truckId}" has no GPS device, so no vendor is told of its routes.`
  const { vendor } = truck.device
  if (vendor === 'traccar') return 'Traccar has no routes: there is nothing to hand off to it.'
  if (!handsOffTo.includes(vendor)) return toConfigure[vendor]
  return vendor === 'samsara' ? whyNotToSamsara(planned(stops)) : null
}

const toConfigure = {
  samsara: 'The integration with samsara has no apiToken. Put it to have routes handed off.',
  generic: 'The integration with generic needs a handOffUrl, and a webhookSecret to sign with. Put both.',
}

function whyNotToSamsara(stops: StopRecord[]): string | null {
  if (stops.length < fewestStops)
    return `Samsara takes routes of at least ${fewestStops} stops, and this one has ${stops.length}.`
  const nowhere = stops.filter((stop) => stop.location === null && !isSamsaraAddress(stop.geofenceId ?? undefined))
  if (nowhere.length === 0) return null
  const ids = nowhere.slice(0, 5).map(({ stopId }) => `"${stopId}"`)
  const more = nowhere.length > ids.length ? ` and ${nowhere.length - ids.length} more` : ''
  return `Samsara needs a place for every stop: put a location, or a geofence.id that is Samsara's id of a saved address, for ${ids.join(', ')}${more}.`
}
