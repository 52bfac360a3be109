import { z } from 'zod'
import type { RouteDocument } from '../../db/putRoute'
import { stopKinds } from '../../domain/words'
import { calendarDate, callersId, companyPath, instant, text, timeZone } from '../schemas/common'

export const maximumStops = 200
export const maximumContracts = 50

export const routePath = companyPath.extend({ routeId: callersId })

const stopBody = z
  .strictObject({
    stopId: callersId,
    kind: z.enum(stopKinds),
    scheduledAt: instant,
    address: text(500),
    timeZone: timeZone
      .nullable()
      .optional()
      .meta({ description: 'Where the customer is, if not in the company’s zone.' }),
    location: z
      .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
      .nullable()
      .optional(),
    contracts: z
      .array(callersId)
      .min(1)
      .max(maximumContracts)
      .meta({ description: 'Numbers of contracts; the first one’s fields fill a message.' }),
    geofence: z
      .strictObject({ id: text(200) })
      .nullable()
      .optional()
      .meta({ description: 'By which the events of the truck’s device name this stop.' }),
  })
  .meta({ id: 'StopBody' })

export const routeBody = z
  .strictObject({
    name: text(200).meta({ description: '`route.name` in messages.' }),
    serviceDate: calendarDate,
    truckId: callersId.nullable().optional(),
    driver: z
      .strictObject({ name: text(200) })
      .nullable()
      .optional(),
    stops: z.array(stopBody).max(maximumStops).meta({ description: 'In the order of the plan.' }),
  })
  .meta({ id: 'RouteBody' })

/** The route as it is stored. */
export function routeDocument(routeId: string, body: z.output<typeof routeBody>): RouteDocument {
  return {
    routeId,
    name: body.name,
    serviceDate: body.serviceDate,
    truckId: body.truckId ?? null,
    driverName: body.driver?.name ?? null,
    stops: body.stops.map((stop) => ({
      stopId: stop.stopId,
      kind: stop.kind,
      scheduledAt: stop.scheduledAt,
      address: stop.address,
      timeZone: stop.timeZone ?? null,
      location: stop.location ?? null,
      geofenceId: stop.geofence?.id ?? null,
      contractNumbers: stop.contracts,
    })),
  }
}
