import { z } from 'zod'
import { identifier, moment } from '../webhookFields'

/**
 * What is read of `data` in Samsara's webhooks 2.0. Loose: Samsara adds fields without notice, and what is not needed to
 * place an event must never make one unreadable.
 */

/** A map of our own ids, read by `externalIdsOf`. */
export const externalIds = z.record(z.string(), z.unknown()).nullish().catch(null)

const address = z.object({ id: identifier, externalIds })
const maybeMoment = moment.nullish().catch(null)

/** Of `GeofenceEntry` and `GeofenceExit`. */
export const crossing = z.object({ address, vehicle: z.object({ id: identifier }) })

const plannedStop = z.object({ id: identifier, externalIds, address: address.nullish().catch(null) })

/** Of `RouteStopArrival` and `RouteStopDeparture`. A route that is assigned to a driver comes without a vehicle. */
export const stopUpdate = z.object({
  time: maybeMoment,
  vehicle: z.object({ id: identifier }).nullish().catch(null),
  routeStopDetails: z.object({
    id: identifier.nullish().catch(null),
    state: z.string().nullish().catch(null),
    actualArrivalTime: maybeMoment,
    actualDepartureTime: maybeMoment,
    externalIds,
  }),
  route: z
    .object({ stops: z.array(plannedStop.nullable().catch(null)).nullish().catch(null) })
    .nullish()
    .catch(null),
})
export type StopUpdate = z.output<typeof stopUpdate>

/** The usable ids among an object's `externalIds`, by their key. */
export function externalIdsOf(thing: { externalIds?: z.output<typeof externalIds> }): Map<string, string> {
  const usable = new Map<string, string>()
  for (const [key, value] of Object.entries(thing.externalIds ?? {})) {
    const id = identifier.safeParse(value)
    if (id.success) usable.set(key, id.data)
  }
  return usable
}

/** Every name of a saved address: Samsara's id and our own ids. */
export function placeNames(place: z.output<typeof address>): string[] {
  return [...new Set([place.id, ...externalIdsOf(place).values()])]
}
