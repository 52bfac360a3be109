import type { RouteFacts, RouteRecord } from '../domain/facts'
import { settlesAt } from '../domain/routeState'
import type { RouteRef } from '../domain/routeWorkflow'
import type { ArrivalSettings } from '../domain/settings'
import type { DeviceVendor, Instant } from '../domain/words'
import { type Database, row, rows, timestamp } from './sql'

interface StampedRoute {
  company: RouteFacts['company']
  route: RouteRecord
  /** Reports came in that the engine has not judged. */
  hasNewReports: boolean
}

type HeadRow = Omit<RouteRecord, 'truck' | 'companyId' | 'routeId'> & {
  companyName: string
  phone: string | null
  country: string
  truckId: string | null
  truckName: string
  vendor: DeviceVendor
  deviceId: string | null
  editPending: boolean
  hasNewReports: boolean
}

/** Locks a route, and stamps an edit that the engine has not seen with `now`: a burst is counted from its first edit. */
export async function lockAndStampRoute(trx: Database, ref: RouteRef, now: Instant): Promise<StampedRoute | null> {
  const head = await lockedHead(trx, ref)
  if (head === null) return null
  const { companyName, phone, country, truckId, truckName, vendor, deviceId, editPending, hasNewReports, ...rest } =
    head
  const device = deviceId === null ? null : { vendor, deviceId }
  const route = { ...rest, ...ref, truck: truckId === null ? null : { truckId, name: truckName, device } }
  const stamped = { company: { companyId: ref.companyId, name: companyName, phone, country }, hasNewReports }
  if (!editPending) return { ...stamped, route }

  const editedAt = settlesAt({ route }, now) === null ? now : route.editedAt
  await rows(
    trx,
    `UPDATE routes SET edit_pending = false, edited_at = :editedAt
     WHERE company_id = :companyId AND route_id = :routeId`,
    { ...ref, editedAt: timestamp(editedAt) },
  )
  await rows(
    trx,
    `UPDATE stops SET added_at = :now
     WHERE company_id = :companyId AND route_id = :routeId AND added_late AND added_at IS NULL`,
    { ...ref, now: timestamp(now) },
  )
  return { ...stamped, route: { ...route, editedAt } }
}

async function lockedHead(trx: Database, ref: RouteRef): Promise<HeadRow | null> {
  return row<HeadRow>(
    trx,
    `SELECT r.name, r.service_date AS "serviceDate", r.status, r.driver_name AS "driverName", r.confirmation,
       r.confirmed_at AS "confirmedAt", r.edited_at AS "editedAt", r.edit_pending AS "editPending",
       c.name AS "companyName", c.phone, c.country, t.truck_id AS "truckId", t.name AS "truckName",
       t.device_vendor AS vendor, t.device_id AS "deviceId",
       EXISTS (SELECT 1 FROM visit_events e WHERE e.company_id = r.company_id AND e.route_id = r.route_id
         AND e.judged_at IS NULL) AS "hasNewReports"
     FROM routes r
     JOIN companies c ON c.company_id = r.company_id
     LEFT JOIN trucks t ON t.company_id = r.company_id AND t.truck_id = r.truck_id
     WHERE r.company_id = :companyId AND r.route_id = :routeId
     FOR NO KEY UPDATE OF r`,
    { ...ref },
  )
}

/** A report from further ahead of the engine's clock than this counts as now ("Arrived and departed"). */
const allowedDrift = '5 minutes'

/** Stamps new reports with `now` and decides whether each counts: a geofence crossing on a poor GPS fix does not. */
export async function judgeReports(
  trx: Database,
  ref: RouteRef,
  { maxAccuracyMeters }: ArrivalSettings,
  now: Instant,
): Promise<void> {
  await rows(
    trx,
    `UPDATE visit_events SET judged_at = :now,
       counted_at = CASE WHEN occurred_at > CAST(:now AS timestamptz) + CAST(:allowedDrift AS interval)
         THEN :now ELSE occurred_at END,
       outcome = CASE WHEN outcome = 'counted' AND kind IN ('enter', 'exit') AND accuracy_meters > :maxAccuracyMeters
         THEN 'inaccurate' ELSE outcome END
     WHERE company_id = :companyId AND route_id = :routeId AND judged_at IS NULL`,
    { ...ref, now: timestamp(now), allowedDrift, maxAccuracyMeters },
  )
}
