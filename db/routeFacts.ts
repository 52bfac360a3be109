import type { ContractRecord, NotificationRecord, RouteFacts, StopRecord, VisitEvent } from '../domain/facts'
import { recipientKey } from '../domain/recipients'
import type { RouteRef } from '../domain/routeWorkflow'
import type { DeliveryNotification, Instant } from '../domain/words'
import { optedOut } from './consents'
import { currentSettings } from './settingsVersions'
import { type Database, rows } from './sql'
import { judgeReports, lockAndStampRoute } from './stampFacts'

/**
 * Locks a route and reads everything that is known about it, in the caller's transaction, so that what is decided from
 * these facts is written before anybody changes them. Null for a route that does not exist.
 *
 * What the engine has not seen yet (edits, added stops, reports) is stamped with `now`, the engine's clock, since the
 * rules about it run on that clock.
 */
export async function takeRouteFacts(trx: Database, ref: RouteRef, now: Instant): Promise<RouteFacts | null> {
  const head = await lockAndStampRoute(trx, ref, now)
  if (head === null) return null
  const { version, settings } = await currentSettings(trx, ref.companyId)
  if (head.hasNewReports) await judgeReports(trx, ref, settings.arrivals, now)
  const contracts = await contractsOf(trx, ref)
  return {
    company: head.company,
    settings,
    settingsVersion: version,
    route: head.route,
    stops: await stopsOf(trx, ref),
    contracts,
    visitEvents: await visitEventsOf(trx, ref),
    notifications: await notificationsOf(trx, ref),
    optedOut: await optedOut(trx, ref.companyId, recipientsIn(contracts)),
  }
}

async function stopsOf(trx: Database, ref: RouteRef): Promise<StopRecord[]> {
  return rows<StopRecord>(
    trx,
    `SELECT stop_id AS "stopId", kind, status, scheduled_at AS "scheduledAt", address, time_zone AS "timeZone",
       geofence_id AS "geofenceId", added_at AS "addedAt", arrived_at AS "arrivedAt", departed_at AS "departedAt",
       ARRAY(SELECT contract_number FROM stop_contracts c
         WHERE (c.company_id, c.route_id, c.stop_id) = (s.company_id, s.route_id, s.stop_id)
         ORDER BY c.position) AS "contractNumbers"
     FROM stops s WHERE company_id = :companyId AND route_id = :routeId ORDER BY position`,
    { ...ref },
  )
}

async function contractsOf(trx: Database, ref: RouteRef): Promise<Map<string, ContractRecord>> {
  const found = await rows<ContractRecord & { deliveryNotifications: DeliveryNotification[] }>(
    trx,
    `SELECT number, customer_name AS "customerName", fields, COALESCE((
         SELECT jsonb_agg(jsonb_build_object('method', method, 'address', address, 'events', to_jsonb(events),
           'onlyIfTextFails', only_if_text_fails) ORDER BY position)
         FROM delivery_notifications d WHERE (d.company_id, d.contract_number) = (c.company_id, c.number)
       ), '[]') AS "deliveryNotifications"
     FROM contracts c
     WHERE company_id = :companyId AND number IN (
       SELECT contract_number FROM stop_contracts WHERE company_id = :companyId AND route_id = :routeId)`,
    { ...ref },
  )
  return new Map(found.map((contract) => [contract.number, contract]))
}

async function visitEventsOf(trx: Database, ref: RouteRef): Promise<VisitEvent[]> {
  return rows<VisitEvent>(
    trx,
    `SELECT id, stop_id AS "stopId", kind, counted_at AS "occurredAt", judged_at AS "judgedAt"
     FROM visit_events WHERE company_id = :companyId AND route_id = :routeId AND outcome = 'counted' ORDER BY id`,
    { ...ref },
  )
}

type NotificationRow = Omit<NotificationRecord, 'window' | 'lastAttempt'> & {
  windowStart: Instant | null
  windowEnd: Instant | null
  attemptNumber: number | null
  attemptedAt: Instant
  attemptOutcome: 'accepted' | 'try_later' | 'permanent' | 'unknown' | null
  retryAt: Instant | null
}

async function notificationsOf(trx: Database, ref: RouteRef): Promise<NotificationRecord[]> {
  const found = await rows<NotificationRow>(
    trx,
    `SELECT n.id, n.sequence, n.stop_id AS "stopId", n.event, n.channel, n.address, n.revision, n.internal,
       n.contract_numbers AS "contractNumbers", n.confirmation, n.status, n.reason, n.planned_at AS "plannedAt",
       COALESCE((n.decision ->> 'byQuietHours')::boolean, false) AS "staleByQuietHours",
       COALESCE((n.decision ->> 'withdrawn')::boolean, false) AS withdrawn, n.look_ups AS "lookUps",
       n.window_start AS "windowStart", n.window_end AS "windowEnd", a.number AS "attemptNumber",
       a.at AS "attemptedAt", a.outcome AS "attemptOutcome", a.retry_at AS "retryAt"
     FROM notifications n
     LEFT JOIN LATERAL (
       SELECT * FROM attempts WHERE notification_id = n.id ORDER BY number DESC LIMIT 1
     ) a ON true
     WHERE n.company_id = :companyId AND n.route_id = :routeId ORDER BY n.sequence`,
    { ...ref },
  )
  return found.map(({ windowStart, windowEnd, attemptNumber, attemptedAt, attemptOutcome, retryAt, ...rest }) => ({
    ...rest,
    window: windowStart === null || windowEnd === null ? null : { start: windowStart, end: windowEnd },
    lastAttempt:
      attemptNumber === null ? null : { number: attemptNumber, at: attemptedAt, outcome: attemptOutcome, retryAt },
  }))
}

function recipientsIn(contracts: Map<string, ContractRecord>) {
  const recipients = [...contracts.values()].flatMap(({ deliveryNotifications }) =>
    deliveryNotifications.map(({ method, address }) => ({ channel: method, address })),
  )
  return [...new Map(recipients.map((recipient) => [recipientKey(recipient), recipient])).values()]
}
