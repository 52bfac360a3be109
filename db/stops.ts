import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant, StopKind, StopStatus } from '../domain/words'
import { type Database, row, rows } from './sql'

/** A stop as it is planned. */
export interface PlannedStop {
  stopId: string
  kind: StopKind
  scheduledAt: Instant
  address: string
  timeZone: string | null
  location: { latitude: number; longitude: number } | null
  geofenceId: string | null
  /** At least one; the first one's fields fill a message. */
  contractNumbers: string[]
}

/** A stop as it is planned and as it went. */
export interface StopView extends PlannedStop {
  status: StopStatus
  /** When it joined a route that was already confirmed; null otherwise, and until the engine has seen it. */
  addedAt: Instant | null
  arrivedAt: Instant | null
  departedAt: Instant | null
}

type StopRow = Omit<StopView, 'location'> & { latitude: number | null; longitude: number | null }

/** Stops of some routes of a company by route, in the order of the plan; removed ones stand at the end. */
export async function stopsOfRoutes(
  db: Database,
  companyId: string,
  routeIds: readonly string[],
): Promise<Map<string, StopView[]>> {
  const found = await rows<StopRow & { routeId: string }>(
    db,
    `SELECT s.route_id AS "routeId", s.stop_id AS "stopId", s.kind, s.scheduled_at AS "scheduledAt", s.address,
       s.time_zone AS "timeZone", s.latitude, s.longitude, s.geofence_id AS "geofenceId", s.status,
       s.added_at AS "addedAt",
       s.arrived_at AS "arrivedAt", s.departed_at AS "departedAt",
       ARRAY(SELECT sc.contract_number FROM stop_contracts sc
             WHERE sc.company_id = s.company_id AND sc.route_id = s.route_id AND sc.stop_id = s.stop_id
             ORDER BY sc.position) AS "contractNumbers"
     FROM stops s
     WHERE s.company_id = :companyId AND s.route_id = ANY(:routeIds)
     ORDER BY s.route_id, s.position, s.stop_id`,
    { companyId, routeIds },
  )
  const byRoute = new Map<string, StopView[]>(routeIds.map((routeId) => [routeId, []]))
  for (const { routeId, latitude, longitude, ...stop } of found) {
    const location = latitude !== null && longitude !== null ? { latitude, longitude } : null
    byRoute.get(routeId)?.push({ ...stop, location })
  }
  return byRoute
}

/** The stop's id and status, or null when the route has no such stop. */
export async function findStop(
  db: Database,
  ref: RouteRef,
  stopId: string,
): Promise<{ stopId: string; status: StopStatus } | null> {
  return row(
    db,
    `SELECT stop_id AS "stopId", status FROM stops
     WHERE company_id = :companyId AND route_id = :routeId AND stop_id = :stopId`,
    { ...ref, stopId },
  )
}
