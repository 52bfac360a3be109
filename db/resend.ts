import type { NotificationRule } from '../domain/notificationTiming'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant, NotificationStatus } from '../domain/words'
import { isUuid } from './page'
import { type Database, row, theRow, timestamp } from './sql'

/** What decides whether a notification may be sent again. */
export interface Resendable extends RouteRef {
  id: string
  status: NotificationStatus
  /** The revision after it, if there is one: that one may be sent again, and this one no more. */
  successor: string | null
  /** Nobody knows any more to whom it went. */
  isErased: boolean
}

/** The latest revision after the notification `n`, null when it is the latest itself. */
export const successorOfN = `
  (SELECT s.id FROM notifications s
   WHERE s.company_id = n.company_id AND s.route_id = n.route_id AND s.stop_id IS NOT DISTINCT FROM n.stop_id
     AND s.event = n.event AND s.channel = n.channel AND s.address = n.address AND s.revision > n.revision
   ORDER BY s.revision DESC LIMIT 1)`

/** The route of a notification, so that it can be locked first; null when the company has no such notification. */
export async function routeOfNotification(db: Database, companyId: string, id: string): Promise<RouteRef | null> {
  if (!isUuid(id)) return null
  return row<RouteRef>(
    db,
    `SELECT company_id AS "companyId", route_id AS "routeId" FROM notifications
     WHERE company_id = :companyId AND id = :id`,
    { companyId, id },
  )
}

/** The notification as it is now, locked: its receipt may be on the way. The caller holds the route's lock. */
export async function lockForResend(trx: Database, id: string): Promise<Resendable | null> {
  return row<Resendable>(
    trx,
    `SELECT n.id, n.company_id AS "companyId", n.route_id AS "routeId", n.status,
       n.erased_at IS NOT NULL AS "isErased",
       ${successorOfN} AS successor
     FROM notifications n WHERE n.id = :id FOR NO KEY UPDATE OF n`,
    { id },
  )
}

export interface Resend {
  at: Instant
  by: string
  reason: string
}

/** Adds the next revision of a notification, planned for that moment; the planner judges it as any other. Gives its id. */
export async function insertResend(trx: Database, id: string, { at, by, reason }: Resend): Promise<string> {
  const rule: NotificationRule = 'resend'
  const numbers = { resentAt: new Date(at).toISOString() }
  const decision = { rule, numbers, action: 'send', byQuietHours: false, withdrawn: false }
  const made = await theRow<{ id: string }>(
    trx,
    `WITH made AS (
       INSERT INTO notifications (company_id, route_id, stop_id, event, channel, address, revision, internal,
         contract_numbers, confirmation, status, planned_at, decision, settings_version, window_start, window_end,
         resend_of, resent_at, resent_by, resend_reason)
       SELECT n.company_id, n.route_id, n.stop_id, n.event, n.channel, n.address, n.revision + 1, n.internal,
         n.contract_numbers, r.confirmation, 'planned', :at, CAST(:decision AS jsonb), c.settings_version,
         n.window_start, n.window_end, n.id, :at, :by, :reason
       FROM notifications n
       JOIN routes r ON r.company_id = n.company_id AND r.route_id = n.route_id
       JOIN companies c ON c.company_id = n.company_id
       WHERE n.id = :id
       RETURNING *
     ), remembered AS (
       INSERT INTO notification_decisions (notification_id, at, status, planned_at, decision, settings_version,
         window_start, window_end)
       SELECT id, resent_at, status, planned_at, decision, settings_version, window_start, window_end FROM made
     )
     SELECT id FROM made`,
    { id, at: timestamp(at), by, reason, decision: JSON.stringify(decision) },
  )
  return made.id
}
