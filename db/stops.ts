import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant, StopKind, StopStatus } from '../domain/words'
import { type Database, ms, row } from './sql'

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

/** The stops of the route in a statement's row, as `StopView`s in the order of the plan; removed ones stand at the end. */
export function stopsAsJson(route: string): string {
  return `(
    SELECT coalesce(json_agg(json_build_object('stopId', s.stop_id, 'kind', s.kind, 'status', s.status,
      'scheduledAt', ${ms('s.scheduled_at')}, 'address', s.address, 'timeZone', s.time_zone,
      'location', CASE WHEN s.latitude IS NOT NULL
        THEN json_build_object('latitude', s.latitude, 'longitude', s.longitude) END,
      'geofenceId', s.geofence_id, 'addedAt', ${ms('s.added_at')}, 'arrivedAt', ${ms('s.arrived_at')},
      'departedAt', ${ms('s.departed_at')}, 'contractNumbers', ARRAY(
        SELECT sc.contract_number FROM stop_contracts sc
        WHERE (sc.company_id, sc.route_id, sc.stop_id) = (s.company_id, s.route_id, s.stop_id) ORDER BY sc.position)
      ) ORDER BY s.position, s.stop_id), '[]')
    FROM stops s WHERE (s.company_id, s.route_id) = (${route}.company_id, ${route}.route_id))`
}

/** A route's stops in the order of the plan; removed ones stand at the end. */
export async function stopsOfRoute(db: Database, ref: RouteRef): Promise<StopView[]> {
  const route = await row<{ stops: StopView[] }>(
    db,
    `SELECT ${stopsAsJson('r')} AS stops FROM routes r WHERE r.company_id = :companyId AND r.route_id = :routeId`,
    { ...ref },
  )
  return route?.stops ?? []
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
