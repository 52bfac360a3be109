import type { RouteFacts } from '../domain/facts'
import type { RouteRef } from '../domain/routeWorkflow'
import type { CalendarDate, Instant } from '../domain/words'
import { type StoredFacts, selectFacts } from './factsStatement'
import { overDefaults } from './settingsDocument'
import { type Database, row, rows } from './sql'
import { type JudgedReport, judgeReports, stampEdit, stampReports, withEditSeen } from './stampFacts'

const ofRoute = `${selectFacts} WHERE r.company_id = :companyId AND r.route_id = :routeId`

const ofDay = `${selectFacts} WHERE r.company_id = :companyId AND r.service_date = :serviceDate
  ORDER BY r.route_id LIMIT :limit`

const ofLiveRoutes = `${selectFacts} WHERE r.company_id = :companyId AND r.status IN ('confirmed', 'in_progress')
  ORDER BY r.service_date, r.route_id LIMIT :limit`

/**
 * Locks a route and reads everything that is known about it, in the caller's transaction, so that what is decided from
 * these facts is written before anybody changes them. Null for a route that does not exist, or whose
 * personal data has been erased: it is over, and its recipients are no longer known by their addresses.
 *
 * What the engine has not seen yet (edits, added stops, reports) is stamped with `now`, the engine's clock, since the
 * rules about it run on that clock.
 */
export async function takeRouteFacts(trx: Database, ref: RouteRef, now: Instant): Promise<RouteFacts | null> {
  // The lock comes first and alone: a statement that waits for it would still read the rest as it was before.
  const locked =
    'SELECT 1 FROM routes WHERE company_id = :companyId AND route_id = :routeId AND erased_at IS NULL FOR NO KEY UPDATE'
  if ((await rows(trx, locked, { ...ref })).length === 0) return null
  const stored = await row<StoredFacts>(trx, ofRoute, { ...ref })
  if (stored === null) return null
  const { facts, judged } = seenAt(stored, now)
  if (stored.editPending) await stampEdit(trx, facts.route, now)
  await stampReports(trx, judged)
  return facts
}

/** The same facts without a lock and without a trace: as the engine would see them if it looked at `now`. */
export async function readRouteFacts(db: Database, ref: RouteRef, now: Instant): Promise<RouteFacts | null> {
  const stored = await row<StoredFacts>(db, ofRoute, { ...ref })
  return stored && seenAt(stored, now).facts
}

/** The facts of the first `limit` routes of a day, by id, likewise. */
export async function readFactsOfDay(
  db: Database,
  companyId: string,
  serviceDate: CalendarDate,
  limit: number,
  now: Instant,
): Promise<RouteFacts[]> {
  const stored = await rows<StoredFacts>(db, ofDay, { companyId, serviceDate, limit })
  return stored.map((each) => seenAt(each, now).facts)
}

/** The facts of the company's first `limit` confirmed and running routes, by service date, likewise. */
export async function readFactsOfLiveRoutes(
  db: Database,
  companyId: string,
  limit: number,
  now: Instant,
): Promise<RouteFacts[]> {
  const stored = await rows<StoredFacts>(db, ofLiveRoutes, { companyId, limit })
  return stored.map((each) => seenAt(each, now).facts)
}

/** Facts as the engine sees them at `now`, what is new to it included. */
function seenAt(stored: StoredFacts, now: Instant): { facts: RouteFacts; judged: JudgedReport[] } {
  const settings = overDefaults(stored.document)
  const judged = judgeReports(stored.visitEvents, settings.arrivals, now)
  const facts = {
    company: stored.company,
    settings,
    settingsVersion: stored.version,
    route: stored.editPending ? withEditSeen(stored.route, now) : stored.route,
    // An added stop counts as confirmed from the moment at which the engine first saw it.
    stops: stored.stops.map((stop) => (stop.addedLate && stop.addedAt === null ? { ...stop, addedAt: now } : stop)),
    contracts: new Map(stored.contracts.map((contract) => [contract.number, contract])),
    visitEvents: judged.flatMap(({ report, counts }) => (counts ? [report] : [])),
    notifications: stored.notifications,
    optedOut: new Set(stored.optedOut),
    handOffs: stored.handOffs,
    handsOffTo: stored.handsOffTo,
  }
  return { facts, judged }
}
