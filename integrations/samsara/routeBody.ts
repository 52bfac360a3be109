import { type HandOffDocument, type HandOffStop, isSamsaraAddress } from '../../domain/handOffDocument'
import type { StopNaming } from './stopNames'

/** Samsara's own words for a route: https://developers.samsara.com/reference/createroute */
export interface SamsaraStop {
  id?: string
  name: string
  externalIds?: Record<string, string>
  scheduledArrivalTime: string
  scheduledDepartureTime: string
  sequenceNumber: number
  addressId?: string
  singleUseLocation?: { latitude: number; longitude: number; address: string }
}

/** Our arrivals and departures come from every stop, the first and the last included; the dispatcher's order stands. */
const settings = {
  routeStartingCondition: 'arriveFirstStop',
  routeCompletionCondition: 'departLastStop',
  sequencingMethod: 'manual',
}

/** A route that Samsara does not have yet. */
export function newRoute(document: HandOffDocument, externalId: Record<string, string>, naming: StopNaming) {
  const { name, deviceId } = document
  return { name, vehicleId: deviceId, externalIds: externalId, settings, stops: stopsOf(document, naming, new Map()) }
}

/** A route that Samsara has; `known` are its ids of the stops that stay. The ones that are missing it deletes. */
export function changedRoute(document: HandOffDocument, naming: StopNaming, known: Map<string, string>) {
  return { name: document.name, settings, stops: stopsOf(document, naming, known) }
}

function stopsOf({ stops }: HandOffDocument, naming: StopNaming, known: Map<string, string>): SamsaraStop[] {
  return stops.map((stop, index) => {
    const id = known.get(stop.stopId)
    return {
      // What Samsara knows of a stop, its arrival say, stays with its id.
      ...(id === undefined ? { externalIds: naming(stop.stopId) } : { id }),
      name: `${stop.kind} ${stop.stopId}`,
      // Nobody says how long a stop takes, and Samsara wants both.
      scheduledArrivalTime: stop.scheduledAt,
      scheduledDepartureTime: stop.scheduledAt,
      sequenceNumber: index + 1,
      ...placeOf(stop),
    }
  })
}

function placeOf({ location, geofenceId, address }: HandOffStop): Pick<SamsaraStop, 'addressId' | 'singleUseLocation'> {
  if (location !== undefined) return { singleUseLocation: { ...location, address } }
  return isSamsaraAddress(geofenceId) ? { addressId: geofenceId } : {}
}
