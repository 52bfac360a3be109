import type { HandOffAction, HandOffOutcome, HandOffRecord } from '../domain/facts'
import type { RouteRef } from '../domain/routeWorkflow'
import type { DeviceVendor, Instant } from '../domain/words'
import { type Database, ms, rows } from './sql'

/** A hand-off as people see it. */
export interface HandOffView extends Pick<HandOffRecord, 'id' | 'vendor' | 'deviceId' | 'state' | 'retryAt'> {
  vendorRouteId: string | null
  attempts: HandOffAttemptView[]
}

export interface HandOffAttemptView {
  at: Instant
  action: HandOffAction
  /** Null while the call runs. */
  outcome: HandOffOutcome | null
  code: string | null
  message: string | null
}

/** Everything that vendors were told of the route, the oldest first. */
export async function handOffsOfRoute(db: Database, ref: RouteRef): Promise<HandOffView[]> {
  return rows<HandOffView>(
    db,
    `SELECT h.id, h.vendor, h.device_id AS "deviceId", h.state, h.retry_at AS "retryAt",
       h.vendor_route_id AS "vendorRouteId",
       coalesce((SELECT json_agg(json_build_object('at', ${ms('a.at')},
           'action', a.action, 'outcome', a.outcome, 'code', a.code, 'message', a.message) ORDER BY a.number)
         FROM hand_off_attempts a WHERE a.hand_off_id = h.id), '[]') AS attempts
     FROM hand_offs h WHERE h.company_id = :companyId AND h.route_id = :routeId ORDER BY h.sequence`,
    { ...ref },
  )
}

/** The company's confirmed and running routes on trucks with a device of the vendor, in the order of locking. */
export async function liveRoutesOfVendor(db: Database, companyId: string, vendor: DeviceVendor): Promise<RouteRef[]> {
  return rows<RouteRef>(
    db,
    `SELECT r.company_id AS "companyId", r.route_id AS "routeId" FROM routes r
     JOIN trucks t ON t.company_id = r.company_id AND t.truck_id = r.truck_id
     WHERE r.company_id = :companyId AND r.status IN ('confirmed', 'in_progress') AND t.device_vendor = :vendor
     ORDER BY r.route_id`,
    { companyId, vendor },
  )
}
