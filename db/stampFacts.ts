import type { RouteRecord, VisitEvent } from '../domain/facts'
import { settlesAt } from '../domain/routeState'
import type { ArrivalSettings } from '../domain/settings'
import type { Instant } from '../domain/words'
import { type Database, rows, timestamp } from './sql'

/** The route with its latest edit as the engine sees it at `now`: a burst is counted from its first edit. */
export function withEditSeen(route: RouteRecord, now: Instant): RouteRecord {
  return settlesAt({ route }, now) === null ? { ...route, editedAt: now } : route
}

/** Stamps an edit, and the stops that it added, with the moment at which the engine sees it. */
export async function stampEdit(trx: Database, { companyId, routeId, editedAt }: RouteRecord, now: Instant) {
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
}

/** A report from further ahead of the engine's clock than this counts as now ("Arrived and departed"). */
const allowedDriftMs = 5 * 60_000

/** A report with whether it counts. */
export interface JudgedReport {
  report: VisitEvent
  counts: boolean
  /** The engine had not seen it before. */
  isNew: boolean
}

/** Judges new reports, as of the moment at which the engine sees them: a geofence crossing on a poor GPS fix does not count. */
export function judgeReports(
  reports: VisitEvent[],
  { maxAccuracyMeters }: ArrivalSettings,
  now: Instant,
): JudgedReport[] {
  return reports.map((report) => {
    if (report.judgedAt !== null) return { report, counts: true, isNew: false }
    const crossing = report.kind === 'enter' || report.kind === 'exit'
    const counts = !(crossing && (report.accuracyMeters ?? 0) > maxAccuracyMeters)
    const occurredAt = report.occurredAt > now + allowedDriftMs ? now : report.occurredAt
    return { report: { ...report, judgedAt: now, occurredAt }, counts, isNew: true }
  })
}

/** Stamps new reports with the moment at which the engine saw them and with what they count as. */
export async function stampReports(trx: Database, judged: JudgedReport[]): Promise<void> {
  for (const { report, counts } of judged.filter(({ isNew }) => isNew)) {
    await rows(
      trx,
      `UPDATE visit_events SET judged_at = :judgedAt, counted_at = :occurredAt, outcome = :outcome WHERE id = :id`,
      {
        id: report.id,
        judgedAt: timestamp(report.judgedAt),
        occurredAt: timestamp(report.occurredAt),
        outcome: counts ? 'counted' : 'inaccurate',
      },
    )
  }
}
