import { z } from 'zod'
import type { NotificationView } from '../../db/notifications'
import type { RouteView } from '../../db/routeViews'
import type { StopView } from '../../db/stops'
import { workflowIdOf } from '../../domain/routeWorkflow'
import { type ArrivalSource, arrivalSources, routeStatuses, stopKinds, stopStatuses } from '../../domain/words'
import type { Caller } from '../auth/caller'
import { notificationSchema, shownNotification } from '../notifications/notificationSchema'
import { instantOut, isoOrNone } from '../schemas/common'
import { toldWindowOf } from './toldWindowOf'

const stopSchema = z
  .strictObject({
    stopId: z.string(),
    kind: z.enum(stopKinds),
    status: z.enum(stopStatuses),
    scheduledAt: instantOut,
    address: z.string(),
    timeZone: z.string().optional(),
    location: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
    contracts: z.array(z.string()),
    geofence: z.strictObject({ id: z.string() }).optional(),
    arrivedAt: instantOut.optional(),
    departedAt: instantOut.optional(),
    arrivalSource: z.enum(arrivalSources).meta({ description: 'Who says that the truck has arrived and departed.' }),
    toldWindow: z.strictObject({ start: instantOut, end: instantOut }).optional(),
    notifications: z.array(notificationSchema),
  })
  .meta({ id: 'Stop' })

export const routeSchema = z
  .strictObject({
    routeId: z.string(),
    name: z.string(),
    status: z.enum(routeStatuses),
    serviceDate: z.iso.date(),
    truckId: z.string().optional(),
    driver: z.strictObject({ name: z.string() }).optional(),
    confirmedAt: instantOut.optional(),
    workflowId: z.string().optional().meta({ description: 'In Temporal; of a route that has been confirmed.' }),
    stops: z.array(stopSchema).meta({ description: 'Removed ones stand at the end, as `cancelled`.' }),
    notifications: z.array(notificationSchema).meta({ description: 'Internal ones about the whole route.' }),
  })
  .meta({ id: 'Route' })

/** A route with its stops and notifications, as the caller may see it. */
export function shownRoute(
  route: RouteView,
  notifications: readonly NotificationView[],
  arrivalSource: ArrivalSource,
  caller: Caller,
): z.input<typeof routeSchema> {
  const ofStop = (stopId: string | null) => notifications.filter((notification) => notification.stopId === stopId)
  const confirmedAt = isoOrNone(route.confirmedAt)
  return {
    routeId: route.routeId,
    name: route.name,
    status: route.status,
    serviceDate: route.serviceDate,
    ...(route.truck !== null && { truckId: route.truck.truckId }),
    ...(route.driverName !== null && { driver: { name: route.driverName } }),
    ...(confirmedAt !== undefined && { confirmedAt, workflowId: workflowIdOf(route) }),
    stops: route.stops.map((stop) => shownStop(stop, arrivalSource, ofStop(stop.stopId), caller)),
    notifications: ofStop(null).map((notification) => shownNotification(notification, caller)),
  }
}

function shownStop(
  stop: StopView,
  arrivalSource: ArrivalSource,
  notifications: NotificationView[],
  caller: Caller,
): z.input<typeof stopSchema> {
  const arrivedAt = isoOrNone(stop.arrivedAt)
  const departedAt = isoOrNone(stop.departedAt)
  const told = toldWindowOf(notifications)
  return {
    stopId: stop.stopId,
    kind: stop.kind,
    status: stop.status,
    scheduledAt: isoOrNone(stop.scheduledAt) ?? '',
    address: stop.address,
    ...(stop.timeZone !== null && { timeZone: stop.timeZone }),
    ...(stop.location !== null && { location: stop.location }),
    contracts: stop.contractNumbers,
    ...(stop.geofenceId !== null && { geofence: { id: stop.geofenceId } }),
    ...(arrivedAt !== undefined && { arrivedAt }),
    ...(departedAt !== undefined && { departedAt }),
    arrivalSource,
    ...(told !== null && { toldWindow: { start: isoOrNone(told.start) ?? '', end: isoOrNone(told.end) ?? '' } }),
    notifications: notifications.map((notification) => shownNotification(notification, caller)),
  }
}
