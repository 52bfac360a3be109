import type { VisitEventKind } from '../domain/facts'
import type { RouteRef } from '../domain/routeWorkflow'
import type { DeviceVendor, Instant } from '../domain/words'
import { auditColumns } from './audit'
import { type Database, row, rows, theRow, timestamp } from './sql'

/** What became of a report when it came: only `counted` ones move a stop. */
export const visitOutcomes = [
  'counted',
  'unknown_device',
  'no_route',
  'no_stop',
  'not_arrival_source',
  'inaccurate',
] as const
export type VisitOutcome = (typeof visitOutcomes)[number]

export type VisitSource = 'driver' | DeviceVendor

export interface ReportedVisit {
  companyId: string
  source: VisitSource
  /** The reporter's own id of the event, unique for the company and source. */
  eventId: string
  kind: VisitEventKind
  outcome: VisitOutcome
  /** As reported. */
  occurredAt: Instant
  deviceId?: string | null | undefined
  geofenceId?: string | null | undefined
  /** Set together with `stopId` when the stop is known; alone when only the route is. */
  routeId?: string | null | undefined
  stopId?: string | null | undefined
  /** Which key or person reported it; for a driver. */
  reportedBy?: string | null | undefined
  /** The id of that key: then the report is in the audit log. */
  keyId?: string | undefined
  accuracyMeters?: number | null | undefined
}

/** One report, counted or not: what an explanation shows. */
export interface VisitEventView {
  id: number
  source: VisitSource
  eventId: string
  kind: VisitEventKind
  outcome: VisitOutcome
  deviceId: string | null
  geofenceId: string | null
  stopId: string | null
  reportedBy: string | null
  occurredAt: Instant
  /** What it counts as: a report from the future counts as the moment at which the engine first saw it. Null until then. */
  countedAt: Instant | null
  receivedAt: Instant
  /** When the engine first saw it, by the engine's clock. */
  judgedAt: Instant | null
  accuracyMeters: number | null
}

/**
 * Stores the report, whatever its outcome. `recorded: false`: the same company, source and event id came before (or is
 * being stored by a request at this moment, for which this one waits), and nothing changes. Takes the route's lock first.
 */
export async function recordVisitEvent(
  trx: Database,
  event: ReportedVisit,
): Promise<{ recorded: boolean; id: number }> {
  const bindings = {
    ...event,
    deviceId: event.deviceId ?? null,
    geofenceId: event.geofenceId ?? null,
    routeId: event.routeId ?? null,
    stopId: event.stopId ?? null,
    reportedBy: event.reportedBy ?? null,
    keyId: event.keyId ?? null,
    accuracyMeters: event.accuracyMeters ?? null,
    occurredAt: timestamp(event.occurredAt),
  }
  await rows(
    trx,
    'SELECT 1 FROM routes WHERE company_id = :companyId AND route_id = :routeId FOR NO KEY UPDATE',
    bindings,
  )
  const inserted = await row<{ id: number }>(
    trx,
    `WITH stored AS (
       INSERT INTO visit_events (company_id, source, event_id, kind, device_id, geofence_id, route_id, stop_id,
         reported_by, occurred_at, accuracy_meters, outcome)
       VALUES (:companyId, :source, :eventId, :kind, :deviceId, :geofenceId, :routeId, :stopId,
         :reportedBy, :occurredAt, :accuracyMeters, :outcome)
       ON CONFLICT (company_id, source, event_id) DO NOTHING RETURNING *
     ), audited AS (
       INSERT INTO audit_entries (${auditColumns})
       SELECT company_id, :keyId, reported_by, 'stop.' || kind, route_id || '/' || stop_id, '[]' FROM stored
       WHERE CAST(:keyId AS text) IS NOT NULL
     )
     SELECT id FROM stored`,
    bindings,
  )
  if (inserted !== null) return { recorded: true, id: inserted.id }
  const { id } = await theRow<{ id: number }>(
    trx,
    'SELECT id FROM visit_events WHERE company_id = :companyId AND source = :source AND event_id = :eventId',
    bindings,
  )
  return { recorded: false, id }
}

/** Whether the reporter has sent an event of that id before. */
export async function isKnownVisitEvent(
  db: Database,
  companyId: string,
  source: VisitSource,
  eventId: string,
): Promise<boolean> {
  const known = await row(
    db,
    'SELECT 1 FROM visit_events WHERE company_id = :companyId AND source = :source AND event_id = :eventId',
    { companyId, source, eventId },
  )
  return known !== null
}

/**
 * Whether a report that counts has told the same of the stop, so that this one changes nothing: of an arrival or a
 * departure any that did not happen later, of a crossing one of the same moment (a truck may come back).
 */
export async function isReportedAlready(
  db: Database,
  ref: RouteRef,
  { stopId, kind, occurredAt }: Pick<ReportedVisit, 'kind' | 'occurredAt'> & { stopId: string },
): Promise<boolean> {
  const known = await row(
    db,
    `SELECT 1 FROM visit_events
     WHERE company_id = :companyId AND route_id = :routeId AND stop_id = :stopId AND kind = :kind AND outcome = 'counted'
       AND CASE WHEN kind IN ('enter', 'exit') THEN occurred_at = :occurredAt ELSE occurred_at <= :occurredAt END
     LIMIT 1`,
    { ...ref, stopId, kind, occurredAt: timestamp(occurredAt) },
  )
  return known !== null
}

/**
 * The stop that an event at the geofence, by any of its names, belongs to: of several the first in order that had not
 * departed at that moment; else the first skipped one (the truck came after all); else the last departed one (the same
 * visit, reported again). Null when the route has none.
 */
export async function stopForGeofence(
  db: Database,
  ref: RouteRef,
  geofenceIds: readonly string[],
  at: Instant,
): Promise<{ stopId: string; geofenceId: string } | null> {
  return row(
    db,
    `SELECT stop_id AS "stopId", geofence_id AS "geofenceId"
     FROM (SELECT *, CASE WHEN departed_at < :at THEN 2 WHEN status = 'skipped' THEN 1 ELSE 0 END AS turn FROM stops) s
     WHERE company_id = :companyId AND route_id = :routeId AND geofence_id = ANY(:geofenceIds) AND status <> 'cancelled'
     ORDER BY turn, CASE turn WHEN 2 THEN -position ELSE position END
     LIMIT 1`,
    { ...ref, geofenceIds, at: timestamp(at) },
  )
}

/** Every report that names the stop, in the order in which they came. */
export async function visitEventsOfStop(db: Database, ref: RouteRef, stopId: string): Promise<VisitEventView[]> {
  return rows<VisitEventView>(
    db,
    `SELECT id, source, event_id AS "eventId", kind, outcome, device_id AS "deviceId", geofence_id AS "geofenceId",
       stop_id AS "stopId", reported_by AS "reportedBy", occurred_at AS "occurredAt", counted_at AS "countedAt",
       received_at AS "receivedAt",
       judged_at AS "judgedAt", accuracy_meters AS "accuracyMeters"
     FROM visit_events WHERE company_id = :companyId AND route_id = :routeId AND stop_id = :stopId ORDER BY id`,
    { ...ref, stopId },
  )
}
