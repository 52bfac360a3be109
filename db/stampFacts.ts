import type { RouteRecord, VisitEvent } from '../domain/facts'
import { settlesAt } from '../domain/routeState'
import type { ArrivalSettings } from '../domain/settings'
import type { Instant } from '../domain/words'
import { type Database, rows, timestamp } from './sql'

/** Stamps an edit, and the stops that it added, with the moment at which the engine sees it; gives the route as it is then. */
export async function stampEdit(trx: Database, route: RouteRecord, now: Instant): Promise<RouteRecord> {
  const { companyId, routeId } = route
  // A burst is counted from its first edit.
  const editedAt = settlesAt({ route }, now) === null ? now : route.editedAt
  await rows(
    trx,
    `UPDATE routes SET edit_pending = false, edited_at = :editedAt
     WHERE company_id = :companyId AND route_id = :routeId`,
    { companyId, routeId, editedAt: timestamp(editedAt) },
  )
  await rows(
    trx,
    `UPDATE stops SET added_at = :now
     WHERE company_id = :companyId AND route_id = :routeId AND added_late AND added_at IS NULL`,
    { companyId, routeId, now: timestamp(now) },
  )
  return { ...route, editedAt }
}

/** A report from further ahead of the engine's clock than this counts as now ("Arrived and departed"). */
const allowedDriftMs = 5 * 60_000

/**
 * Stamps new reports with the moment at which the engine sees them, and decides whether each counts: a geofence crossing
 * on a poor GPS fix does not. Gives all that count, as they count.
 */
export async function judgeReports(
  trx: Database,
  reports: VisitEvent[],
  { maxAccuracyMeters }: ArrivalSettings,
  now: Instant,
): Promise<VisitEvent[]> {
  const judged = reports.map((report) => {
    if (report.judgedAt !== null) return { ...report, counts: true, isNew: false }
    const crossing = report.kind === 'enter' || report.kind === 'exit'
    const counts = !(crossing && (report.accuracyMeters ?? 0) > maxAccuracyMeters)
    const occurredAt = report.occurredAt > now + allowedDriftMs ? now : report.occurredAt
    return { ...report, judgedAt: now, occurredAt, counts, isNew: true }
  })
  for (const { id, occurredAt, counts } of judged.filter(({ isNew }) => isNew)) {
    await rows(
      trx,
      `UPDATE visit_events SET judged_at = :now, counted_at = :occurredAt, outcome = :outcome WHERE id = :id`,
      { id, now: timestamp(now), occurredAt: timestamp(occurredAt), outcome: counts ? 'counted' : 'inaccurate' },
    )
  }
  return judged.filter(({ counts }) => counts).map(({ counts, isNew, ...report }) => report)
}
