import type { Database } from '../../db/sql'
import { findStop } from '../../db/stops'
import { stopForGeofence } from '../../db/visitEvents'
import type { RouteRef } from '../../domain/routeWorkflow'
import type { Instant } from '../../domain/words'
import type { DeviceEvent } from '../../integrations/deviceEvent'

/**
 * The stop of the route that a device's event is about: the one whose id it names, else one with that geofence, which is
 * given too. Null when the route has none.
 */
export async function stopNamedBy(
  trx: Database,
  route: RouteRef,
  { stopId, geofenceIds }: DeviceEvent,
  happenedAt: Instant,
): Promise<{ stopId: string; geofenceId: string | null } | null> {
  const named = stopId === null ? null : await findStop(trx, route, stopId)
  if (named !== null && named.status !== 'cancelled') return { stopId: named.stopId, geofenceId: null }
  return geofenceIds.length === 0 ? null : stopForGeofence(trx, route, geofenceIds, happenedAt)
}
