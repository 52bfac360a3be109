import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import { type Database, rows, theRow, timestamp } from './sql'

/** So long an unknown outcome is looked into; the provider knows nothing new of a message that is older. */
const unknownMatters = `interval '7 days'`

/** Longer than a route's own look-ups take (domain/lookUps.ts). */
const routesOwnLookUps = `interval '15 minutes'`

/** By its own timers a route is never so late. */
const late = `interval '5 minutes'`

/** So many calls in a row, a few minutes of them, may come to nothing before it is worth a word. */
const callsToVendor = 3

/**
 * The company's routes that need a workflow: those that are confirmed or under way, and those that have ended with a
 * message that nobody has decided about. `quietForMs` leaves out what has changed since.
 */
export async function routesNeedingWorkflow(db: Database, companyId: string, quietForMs = 0): Promise<RouteRef[]> {
  return rows<RouteRef>(
    db,
    `SELECT company_id AS "companyId", route_id AS "routeId" FROM routes r
     WHERE company_id = :companyId AND updated_at <= now() - CAST(:quietForMs AS integer) * interval '1 millisecond'
       AND (status IN ('confirmed', 'in_progress') OR route_id IN (
         SELECT route_id FROM notifications
         WHERE company_id = :companyId AND status IN ('planned', 'held', 'sending')))
     ORDER BY service_date, route_id`,
    { companyId, quietForMs },
  )
}

/**
 * Texts whose outcome is unknown and whose call has certainly ended, the latest first, however often their routes have
 * looked them up already.
 */
export async function textsOfUnknownOutcome(
  db: Database,
  companyId: string,
  limit: number,
): Promise<(RouteRef & { id: string })[]> {
  return rows(
    db,
    `SELECT n.id, n.company_id AS "companyId", n.route_id AS "routeId" FROM notifications n
     JOIN LATERAL (SELECT * FROM attempts WHERE notification_id = n.id ORDER BY number DESC LIMIT 1) a ON true
     WHERE n.company_id = :companyId AND n.channel = 'sms' AND n.status IN ('unknown', 'sending')
       AND n.erased_at IS NULL
       AND (n.status = 'unknown' OR a.outcome IS NULL)
       AND a.called_at BETWEEN now() - ${unknownMatters} AND now() - interval '30 seconds'
     ORDER BY a.called_at DESC LIMIT :limit`,
    { companyId, limit },
  )
}

/** What is amiss with the messages of a company. */
export interface Trouble {
  /** Messages that should have gone minutes ago. */
  overdue: number
  /** Messages of which nobody knows whether they went out, and which no person has sent again. */
  unknown: number
  /** Since when a request waits for Temporal to hear of it; null when none does. */
  outboxSince: Instant | null
  /** Ids of the routes that a vendor has not taken after several calls. */
  notHandedOff: string[]
}

/** `now` is the engine's clock, on which messages are due; calls and requests are on the wall clock. */
export async function troubleOf(db: Database, companyId: string, now: Instant): Promise<Trouble> {
  return theRow<Trouble>(
    db,
    `WITH open AS (
       SELECT n.status, n.planned_at, a.outcome, a.retry_at, a.called_at, EXISTS (
         SELECT 1 FROM notifications again
         WHERE again.company_id = n.company_id AND again.route_id = n.route_id
           AND again.stop_id IS NOT DISTINCT FROM n.stop_id AND again.event = n.event AND again.channel = n.channel
           AND again.address = n.address AND again.revision > n.revision) AS repeated
       FROM notifications n
       LEFT JOIN LATERAL (SELECT * FROM attempts WHERE notification_id = n.id ORDER BY number DESC LIMIT 1) a ON true
       WHERE n.company_id = :companyId AND n.status IN ('planned', 'held', 'sending', 'unknown')
     )
     SELECT
       (SELECT count(*) FROM open WHERE
         (status IN ('planned', 'held') AND planned_at < CAST(:now AS timestamptz) - ${late})
         OR (status = 'sending' AND retry_at < CAST(:now AS timestamptz) - ${late})) AS overdue,
       (SELECT count(*) FROM open WHERE (status = 'unknown' OR (status = 'sending' AND outcome IS NULL)) AND NOT repeated
         AND called_at BETWEEN now() - ${unknownMatters} AND now() - ${routesOwnLookUps}) AS unknown,
       (SELECT min(created_at) FROM outbox WHERE company_id = :companyId) AS "outboxSince",
       ARRAY(
         SELECT DISTINCT h.route_id FROM hand_offs h JOIN routes r USING (company_id, route_id)
         WHERE h.company_id = :companyId AND h.state = 'failed' AND h.failures >= :calls
           AND (r.status IN ('confirmed', 'in_progress') OR h.retry_at > CAST(:now AS timestamptz) - ${late})
         ORDER BY h.route_id) AS "notHandedOff"`,
    { companyId, now: timestamp(now), calls: callsToVendor },
  )
}
