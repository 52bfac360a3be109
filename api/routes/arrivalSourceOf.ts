import type { RouteView } from '../../db/routeViews'
import type { Settings } from '../../domain/settings'
import type { ArrivalSource, Instant } from '../../domain/words'

/**
 * Who says that the truck of a route has arrived: its GPS device, if it has one, else the driver. With
 * `driverFallbackAfterMinutes` the driver too, while the device has been silent for that long: since its last event, or
 * since the route's confirmation if that was later.
 */
export function arrivalSourceOf(
  { truck, confirmedAt }: Pick<RouteView, 'truck' | 'confirmedAt'>,
  { driverFallbackAfterMinutes }: Settings['arrivals'],
  now: Instant,
): ArrivalSource {
  if (!truck?.device) return 'driver'
  if (driverFallbackAfterMinutes === null || confirmedAt === null) return 'geofence'
  const silentSince = Math.max(confirmedAt, truck.deviceLastEventAt ?? 0)
  return now - silentSince >= driverFallbackAfterMinutes * 60_000 ? 'driver' : 'geofence'
}
