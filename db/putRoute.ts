import type { CalendarDate } from '../domain/words'
import { putStops } from './putStops'
import { lockRoute, type RouteHead } from './routes'
import { type Database, rows } from './sql'
import type { PlannedStop } from './stops'

export interface RouteDocument {
  routeId: string
  name: string
  serviceDate: CalendarDate
  truckId: string | null
  driverName: string | null
  /** In the order of the plan, each stopId once. */
  stops: PlannedStop[]
}

export interface PutRouteOutcome {
  created: boolean
  /** Whether anything differs from what was stored: only then is there a change of plan. */
  changed: boolean
  /** The route as it was, locked; null when this call created it. Somebody may have created it since the caller looked. */
  before: RouteHead | null
}

/**
 * Creates the route as `planned`, or makes its plan that of the document; its status stays (see `putStops` for its
 * stops). A change of a confirmed or running route is marked for the engine as an edit. Puts of one route follow each other, also when they create it. The caller has refused what is not allowed
 * (`lockRoute`), and looks at `before` again when it had found no route.
 *
 * An unknown truck or contract is refused by a foreign key (SQLSTATE 23503).
 */
export async function putRoute(trx: Database, companyId: string, document: RouteDocument): Promise<PutRouteOutcome> {
  const { routeId, name, serviceDate, truckId, driverName, stops } = document
  const ref = { companyId, routeId }
  const bindings = { ...ref, name, serviceDate, truckId, driverName }
  const inserted = await rows(
    trx,
    // Waits for another transaction that is creating the same route.
    `INSERT INTO routes (company_id, route_id, name, service_date, truck_id, driver_name)
     VALUES (:companyId, :routeId, :name, :serviceDate, :truckId, :driverName)
     ON CONFLICT (company_id, route_id) DO NOTHING RETURNING route_id`,
    bindings,
  )
  if (inserted.length > 0) {
    await putStops(trx, ref, stops, { live: false })
    return { created: true, changed: true, before: null }
  }
  const before = await lockRoute(trx, ref)
  if (before === null) throw new Error(`Route ${companyId}/${routeId} was deleted while it was being saved.`)
  const headChanged = await rows(
    trx,
    `UPDATE routes SET name = :name, service_date = :serviceDate, truck_id = :truckId, driver_name = :driverName
     WHERE company_id = :companyId AND route_id = :routeId
       AND (name, service_date, truck_id, driver_name) IS DISTINCT FROM
         (:name, CAST(:serviceDate AS date), CAST(:truckId AS text), CAST(:driverName AS text))
     RETURNING route_id`,
    bindings,
  )
  const live = before.status !== 'planned'
  const stopsChanged = await putStops(trx, ref, stops, { live })
  const changed = stopsChanged || headChanged.length > 0
  // The engine stamps the edit by its own clock when it first sees it.
  if (changed) {
    await rows(
      trx,
      `UPDATE routes SET edit_pending = edit_pending OR :live, updated_at = now()
       WHERE company_id = :companyId AND route_id = :routeId`,
      { ...ref, live },
    )
  }
  return { created: false, changed, before }
}
