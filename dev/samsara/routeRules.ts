import { z } from 'zod'

const externalIds = z.record(z.string(), z.coerce.string())
const moment = z.iso.datetime({ offset: true })

const place = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  address: z.string().optional(),
  radiusMeters: z.int().positive().optional(),
})

const stop = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  notes: z.string().max(2000).optional(),
  externalIds: externalIds.optional(),
  scheduledArrivalTime: moment.optional(),
  scheduledDepartureTime: moment.optional(),
  sequenceNumber: z.int().positive().optional(),
  addressId: z.string().optional(),
  singleUseLocation: place.optional(),
})

/** What Samsara takes as a route: https://developers.samsara.com/reference/createroute. What it does not know passes. */
const route = z.object({
  name: z.string().min(1),
  notes: z.string().max(2000).optional(),
  vehicleId: z.string().optional(),
  driverId: z.string().optional(),
  externalIds: externalIds.optional(),
  settings: z
    .object({
      routeStartingCondition: z.enum(['departFirstStop', 'arriveFirstStop']).default('departFirstStop'),
      routeCompletionCondition: z.enum(['arriveLastStop', 'departLastStop']).default('arriveLastStop'),
      sequencingMethod: z.enum(['unknown', 'scheduledArrivalTime', 'manual']).default('scheduledArrivalTime'),
    })
    .prefault({}),
  stops: z.array(stop).min(2),
})

export type RouteBody = z.output<typeof route>

/** The route that a body describes, or what Samsara would say is wrong with it. */
export function readRouteBody(body: unknown): { route: RouteBody } | { problem: string } {
  const parsed = route.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { problem: `${issue?.path.join('.')}: ${issue?.message}` }
  }
  const problem = whatIsWrong(parsed.data)
  return problem === null ? { route: parsed.data } : { problem }
}

function whatIsWrong({ vehicleId, driverId, settings, stops }: RouteBody): string | null {
  if (vehicleId !== undefined && driverId !== undefined) return 'Only one of vehicleId and driverId may be given.'
  if (stops.some(({ addressId, singleUseLocation }) => (addressId === undefined) === (singleUseLocation === undefined)))
    return 'Exactly one of addressId and singleUseLocation is required for each stop.'
  const numbers = stops.flatMap(({ sequenceNumber }) => (sequenceNumber === undefined ? [] : [sequenceNumber]))
  if (new Set(numbers).size < numbers.length) return 'sequenceNumber must be unique.'
  for (const [index, { scheduledArrivalTime: arrival, scheduledDepartureTime: departure }] of stops.entries()) {
    const startsByLeaving = index === 0 && settings.routeStartingCondition === 'departFirstStop'
    const endsByArriving = index === stops.length - 1 && settings.routeCompletionCondition === 'arriveLastStop'
    if ((arrival === undefined) !== startsByLeaving)
      return `scheduledArrivalTime of stop ${index} is ${startsByLeaving ? 'not allowed' : 'required'}.`
    if ((departure === undefined) !== endsByArriving)
      return `scheduledDepartureTime of stop ${index} is ${endsByArriving ? 'not allowed' : 'required'}.`
  }
  return null
}
