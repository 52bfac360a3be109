import type { Actor, AuditAction } from '../domain/audit'
import type { RouteRef } from '../domain/routeWorkflow'
import type { CalendarDate, Instant, RouteStatus } from '../domain/words'
import { auditColumns } from './audit'
import { overDefaults } from './settingsDocument'
import { currentDocument } from './settingsVersions'
import { type Database, row, rows, theRow, timestamp } from './sql'

/** What decides whether a request about a route is allowed. */
export interface RouteHead extends RouteRef {
  status: RouteStatus
  serviceDate: CalendarDate
  truckId: string | null
  /** When it was last confirmed, by the engine's clock; null before. */
  confirmedAt: Instant | null
  /** How often it has been confirmed. */
  confirmation: number
  editedAt: Instant | null
}

const headColumns = `company_id AS "companyId", route_id AS "routeId", status, service_date AS "serviceDate",
  truck_id AS "truckId", confirmed_at AS "confirmedAt", confirmation, edited_at AS "editedAt"`

const thisRoute = 'company_id = :companyId AND route_id = :routeId'

/**
 * Locks the route until the transaction ends and gives its head; null when there is none. Whoever changes a route, its
 * stops or its outbox takes this lock **first**: two changes then follow each other, and neither waits for rows that the
 * other holds. NO KEY UPDATE, so that writing a row that merely refers to the route does not wait for it.
 */
export async function lockRoute(trx: Database, ref: RouteRef): Promise<RouteHead | null> {
  return row<RouteHead>(trx, `SELECT ${headColumns} FROM routes WHERE ${thisRoute} FOR NO KEY UPDATE`, { ...ref })
}

/** The route's head as it is now, without a lock; null when there is none. */
export async function getRouteHead(db: Database, ref: RouteRef): Promise<RouteHead | null> {
  return row<RouteHead>(db, `SELECT ${headColumns} FROM routes WHERE ${thisRoute}`, { ...ref })
}

/** What a confirmation asks besides the route's head: its company's zone, and whether a stop is left in its plan. */
export async function beforeConfirming(trx: Database, ref: RouteRef): Promise<{ timeZone: string; hasStops: boolean }> {
  const { document, hasStops } = await theRow<{ document: unknown; hasStops: boolean }>(
    trx,
    `SELECT (${currentDocument}) AS document,
       EXISTS (SELECT 1 FROM stops WHERE ${thisRoute} AND status <> 'cancelled') AS "hasStops"`,
    { ...ref },
  )
  return { timeZone: overDefaults(document).timeZone, hasStops }
}

export interface StatusChange {
  confirmedAt?: Instant | undefined
  confirmation?: number | undefined
  /** When it changed; now, by the database's clock, without it. */
  at?: Instant | undefined
  /** Whose key changed it, which is in the audit log then; nobody's when the engine did. */
  by?: Actor | undefined
}

/** What somebody who brings a route to a status has done. */
const audited: Partial<Record<RouteStatus, AuditAction>> = {
  confirmed: 'route.confirmed',
  planned: 'route.unconfirmed',
  cancelled: 'route.cancelled',
}

/**
 * Moves a locked route to the status and keeps that it did; `confirmedAt` and `confirmation` stay as they are unless
 * given. In a new confirmation a stop that the engine has not seen was there from the beginning.
 */
export async function setRouteStatus(
  trx: Database,
  ref: RouteRef,
  status: RouteStatus,
  { confirmedAt, confirmation, at, by }: StatusChange = {},
): Promise<void> {
  await rows(
    trx,
    `WITH kept AS (
       INSERT INTO route_changes (company_id, route_id, at, status, changed_by)
       SELECT company_id, route_id, coalesce(:at, :confirmedAt, clock_timestamp()), :status, :by
       FROM routes WHERE ${thisRoute}
     ), audited AS (
       INSERT INTO audit_entries (${auditColumns})
       SELECT company_id, :keyId, :by, :action, route_id,
         jsonb_build_array(jsonb_build_object('path', 'status', 'from', status, 'to', CAST(:status AS text)))
       FROM routes WHERE ${thisRoute} AND CAST(:keyId AS text) IS NOT NULL
     )
     UPDATE routes SET status = :status, confirmed_at = coalesce(:confirmedAt, confirmed_at),
       confirmation = coalesce(:confirmation, confirmation), updated_at = now()
     WHERE ${thisRoute}`,
    {
      ...ref,
      status,
      confirmedAt: timestamp(confirmedAt),
      confirmation: confirmation ?? null,
      at: timestamp(at),
      by: by?.name ?? null,
      keyId: by?.keyId ?? null,
      action: audited[status] ?? null,
    },
  )
  if (confirmation === undefined || confirmation === 1) return
  // When it was added stays known of a stop that the engine has seen: what was said before and after that depends on it.
  await rows(trx, `UPDATE stops SET added_late = false WHERE ${thisRoute} AND added_late AND added_at IS NULL`, {
    ...ref,
  })
}

/**
 * The route that the truck is on that day: of its confirmed and running ones the one that has the stop, if `stopId` names
 * one, else the one whose first remaining stop is scheduled earliest; null when all are finished or none is confirmed.
 */
export async function liveRouteOfTruckAt(
  db: Database,
  companyId: string,
  truckId: string,
  serviceDate: CalendarDate,
  stopId: string | null = null,
): Promise<RouteRef | null> {
  return row<RouteRef>(
    db,
    `SELECT r.company_id AS "companyId", r.route_id AS "routeId"
     FROM routes r
     LEFT JOIN LATERAL (
       SELECT min(s.scheduled_at) AS at, bool_or(s.stop_id = :stopId) AS named FROM stops s
       WHERE s.company_id = r.company_id AND s.route_id = r.route_id AND s.status <> 'cancelled'
     ) first_stop ON true
     WHERE r.company_id = :companyId AND r.truck_id = :truckId AND r.service_date = :serviceDate
       AND r.status IN ('confirmed', 'in_progress')
     ORDER BY first_stop.named IS TRUE DESC, first_stop.at NULLS LAST, r.route_id
     LIMIT 1`,
    { companyId, truckId, serviceDate, stopId },
  )
}

/** The company's confirmed and running routes of any day: those that a change of its settings concerns. */
export async function liveRoutesOfCompany(db: Database, companyId: string): Promise<RouteRef[]> {
  return rows<RouteRef>(
    db,
    `SELECT company_id AS "companyId", route_id AS "routeId" FROM routes
     WHERE company_id = :companyId AND status IN ('confirmed', 'in_progress') ORDER BY service_date, route_id`,
    { companyId },
  )
}
