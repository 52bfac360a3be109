import { z } from 'zod'
import type { NotificationView } from '../../db/notifications'
import type { RouteView } from '../../db/routeViews'
import type { Settings } from '../../domain/settings'
import { type Instant, routeStatuses, stopKinds, stopStatuses } from '../../domain/words'
import { arrivalSourceOf } from '../routes/arrivalSourceOf'
import { toldWindowOf } from '../routes/toldWindowOf'
import { instantOut, isoOrNone } from '../schemas/common'

const reasons = ['route_not_confirmed', 'route_closed', 'arrival_source_is_geofence'] as const

const stopSchema = z
  .strictObject({
    stopId: z.string(),
    kind: z.enum(stopKinds),
    status: z.enum(stopStatuses),
    scheduledAt: instantOut,
    timeZone: z.string().meta({ description: 'In which its times are to be shown.' }),
    address: z.string(),
    location: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
    contracts: z.array(z.string()),
    toldWindow: z
      .strictObject({ start: instantOut, end: instantOut })
      .optional()
      .meta({ description: 'When its customers were last told that the truck comes.' }),
    arrivedAt: instantOut.optional(),
    departedAt: instantOut.optional(),
  })
  .meta({ id: 'DriverStop' })

export const driverRouteSchema = z
  .strictObject({
    routeId: z.string(),
    name: z.string(),
    serviceDate: z.iso.date(),
    status: z.enum(routeStatuses),
    timeFormat: z.enum(['12h', '24h']),
    truckName: z.string().optional(),
    driver: z.strictObject({ name: z.string() }).optional(),
    buttons: z
      .strictObject({
        shown: z
          .boolean()
          .meta({ description: 'Whether Arrived and Departed count. A stop may be skipped while the route runs.' }),
        reason: z.enum(reasons).optional(),
        reasonText: z.string().optional(),
      })
      .meta({ description: 'Hidden: why, as a code and as a sentence for the driver.' }),
    stops: z.array(stopSchema),
  })
  .meta({ id: 'DriverRoute' })

const sentences: Record<(typeof reasons)[number], string> = {
  route_not_confirmed: 'The dispatcher has not confirmed this route yet.',
  route_closed: 'This route is over.',
  arrival_source_is_geofence: 'The truck’s GPS reports when it arrives and departs, so there is nothing to press.',
}

/** A route as its driver needs it: where to go, for which contracts. Nothing of who is told. */
export function shownToDriver(
  route: RouteView,
  notifications: readonly NotificationView[],
  { arrivals, timeZone, timeFormat }: Settings,
  now: Instant,
): z.input<typeof driverRouteSchema> {
  const reason = whyHidden(route, arrivals, now)
  return {
    routeId: route.routeId,
    name: route.name,
    serviceDate: route.serviceDate,
    status: route.status,
    timeFormat,
    ...(route.truck !== null && { truckName: route.truck.name }),
    ...(route.driverName !== null && { driver: { name: route.driverName } }),
    buttons: reason === null ? { shown: true } : { shown: false, reason, reasonText: sentences[reason] },
    stops: route.stops
      .filter(({ status }) => status !== 'cancelled')
      .map((stop) => {
        const [arrivedAt, departedAt] = [isoOrNone(stop.arrivedAt), isoOrNone(stop.departedAt)]
        const told = toldWindowOf(notifications.filter(({ stopId }) => stopId === stop.stopId))
        return {
          stopId: stop.stopId,
          kind: stop.kind,
          status: stop.status,
          scheduledAt: isoOrNone(stop.scheduledAt) ?? '',
          timeZone: stop.timeZone ?? timeZone,
          address: stop.address,
          ...(stop.location !== null && { location: stop.location }),
          contracts: stop.contractNumbers,
          ...(told !== null && { toldWindow: { start: isoOrNone(told.start) ?? '', end: isoOrNone(told.end) ?? '' } }),
          ...(arrivedAt !== undefined && { arrivedAt }),
          ...(departedAt !== undefined && { departedAt }),
        }
      }),
  }
}

function whyHidden(route: RouteView, arrivals: Settings['arrivals'], now: Instant) {
  if (route.status === 'planned') return 'route_not_confirmed'
  if (route.status === 'completed' || route.status === 'cancelled') return 'route_closed'
  return arrivalSourceOf(route, arrivals, now) === 'geofence' ? 'arrival_source_is_geofence' : null
}
