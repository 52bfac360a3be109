import type { AttemptOutcome } from '../domain/facts'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Window } from '../domain/schedule/toldWindow'
import type { CalendarDate, Channel, Event, Instant, NotificationStatus } from '../domain/words'
import { erased } from './eraseNotifications'
import { cursorParts, isUuid, type Page, type PageRequest, pageOf, readCursor } from './page'
import type { ReceiptStatus } from './receipts'
import type { RecipientAddress } from './recipients'
import { successorOfN } from './resend'
import { type Database, pastAll, rows, timestamp, where } from './sql'

/** A notification with all that is known of it, as people see it. */
export interface NotificationView extends RouteRef {
  id: string
  /** Null for an internal message about the whole route. */
  stopId: string | null
  event: Event
  channel: Channel
  /** `erased` once it has been. */
  recipient: string
  /** When its address and text were erased. */
  erasedAt: Instant | null
  revision: number
  internal: boolean
  contractNumbers: string[]
  confirmation: number
  status: NotificationStatus
  reason: string | null
  reasonText: string | null
  plannedAt: Instant | null
  /** Which rule decided, and the numbers that it used. */
  decision: Record<string, unknown>
  settingsVersion: number
  /** The window that its text speaks of. */
  window: Window | null
  subject: string | null
  text: string | null
  shortened: boolean
  providerId: string | null
  sentAt: Instant | null
  deliveredAt: Instant | null
  createdAt: Instant
  updatedAt: Instant
  /** `plannedAt`, else `createdAt`: what a list is ordered and filtered by. */
  listedAt: Instant
  /** How often an unknown outcome has been looked up at the provider since the last attempt. */
  lookUps: number
  /** Who asked for it, when and why; null for one that the plan called for. */
  resend: { of: string; at: Instant; by: string; reason: string } | null
  /** What was planned to the same recipient after it, in its place: the latest revision. Null for the latest itself. */
  successorId: string | null
  attempts: AttemptView[]
  receipts: { status: ReceiptStatus; code: string | null; at: Instant }[]
}

export interface AttemptView {
  number: number
  at: Instant
  /** Null while the call runs, or when the worker died during it. */
  outcome: AttemptOutcome | null
  code: string | null
  message: string | null
  retryAt: Instant | null
}

export interface NotificationFilter extends PageRequest {
  routeId?: string | undefined
  stopId?: string | undefined
  status?: NotificationStatus | undefined
  event?: Event | undefined
  channel?: Channel | undefined
  /** In the form in which addresses are stored: the whole of it, or how it begins. Erased ones are not found. */
  recipient?: { whole: string } | { start: string } | undefined
  contractNumber?: string | undefined
  /** The day of the route. */
  serviceDate?: CalendarDate | undefined
  /** Inclusive; compared with `listedAt`. */
  from?: Instant | undefined
  /** Exclusive. */
  to?: Instant | undefined
}

const milliseconds = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`

// Attempts and receipts come in the same statement: they belong to the same moment, and no row costs a second query.
const selectNotifications = `
  SELECT n.id, n.company_id AS "companyId", n.route_id AS "routeId", n.stop_id AS "stopId", n.event, n.channel,
    CASE WHEN n.erased_at IS NULL THEN n.address ELSE '${erased}' END AS recipient, n.erased_at AS "erasedAt", n.revision, n.internal, n.contract_numbers AS "contractNumbers", n.confirmation, n.status,
    n.reason, n.reason_text AS "reasonText", n.planned_at AS "plannedAt", n.decision,
    n.settings_version AS "settingsVersion", n.window_start AS "windowStart", n.window_end AS "windowEnd", n.subject,
    n.text, n.shortened, n.provider_id AS "providerId", n.sent_at AS "sentAt", n.delivered_at AS "deliveredAt",
    n.created_at AS "createdAt", n.updated_at AS "updatedAt", n.listed_at AS "listedAt", n.look_ups AS "lookUps",
    CASE WHEN n.resend_of IS NULL THEN NULL ELSE json_build_object('of', n.resend_of, 'at', ${milliseconds('n.resent_at')},
      'by', n.resent_by, 'reason', n.resend_reason) END AS resend,
    ${successorOfN} AS "successorId",
    (SELECT coalesce(json_agg(json_build_object('number', a.number, 'at', ${milliseconds('a.at')}, 'outcome', a.outcome,
       'code', a.code, 'message', a.message, 'retryAt', ${milliseconds('a.retry_at')}) ORDER BY a.number), '[]')
     FROM attempts a WHERE a.notification_id = n.id) AS attempts,
    (SELECT coalesce(json_agg(json_build_object('status', c.status, 'code', c.code, 'at', ${milliseconds('c.at')})
       ORDER BY c.at, c.status), '[]')
     FROM receipts c WHERE c.notification_id = n.id) AS receipts
  FROM notifications n`

type NotificationRow = Omit<NotificationView, 'window'> & { windowStart: Instant | null; windowEnd: Instant | null }

/** Notifications of a company, the latest first. */
export async function listNotifications(
  db: Database,
  companyId: string,
  { limit, after, from, to, recipient, contractNumber, serviceDate, ...equal }: NotificationFilter,
): Promise<Page<NotificationView>> {
  const key = readCursor<[number, string]>(after, cursorParts.instant, cursorParts.uuid)
  const conditions = where(
    'n.company_id = :companyId',
    equal.routeId !== undefined && 'n.route_id = :routeId',
    equal.stopId !== undefined && 'n.stop_id = :stopId',
    equal.status !== undefined && 'n.status = :status',
    equal.event !== undefined && 'n.event = :event',
    equal.channel !== undefined && 'n.channel = :channel',
    // Bytewise, as the index is: LIKE with a binding would not use it in a prepared statement.
    recipient !== undefined &&
      ('whole' in recipient
        ? 'n.address = :start AND n.erased_at IS NULL'
        : 'n.address ~>=~ :start AND n.address ~<~ :past AND n.erased_at IS NULL'),
    contractNumber !== undefined && 'n.contract_numbers @> CAST(ARRAY[:contractNumber] AS text[])',
    serviceDate !== undefined &&
      `n.route_id IN (SELECT route_id FROM routes WHERE company_id = :companyId AND service_date = CAST(:serviceDate AS date))`,
    from !== undefined && 'n.listed_at >= :from',
    to !== undefined && 'n.listed_at < :to',
    key !== null && '(n.listed_at, n.id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid))',
  )
  const found = await rows<NotificationRow>(
    db,
    `${selectNotifications} ${conditions} ORDER BY n.listed_at DESC, n.id DESC LIMIT :fetched`,
    {
      companyId,
      ...equal,
      ...startOf(recipient),
      contractNumber,
      serviceDate,
      from: timestamp(from),
      to: timestamp(to),
      afterAt: timestamp(key?.[0]),
      afterId: key?.[1],
      fetched: limit + 1,
    },
  )
  return pageOf(found.map(viewOf), limit, ({ listedAt, id }) => [listedAt, id])
}

function startOf(recipient: NotificationFilter['recipient']) {
  if (recipient === undefined) return {}
  const start = 'whole' in recipient ? recipient.whole : recipient.start
  return { start, past: pastAll(start) }
}

/** The notification, or null; an id that is none is simply not found. */
export async function getNotification(db: Database, companyId: string, id: string): Promise<NotificationView | null> {
  if (!isUuid(id)) return null
  const [found] = await rows<NotificationRow>(
    db,
    `${selectNotifications} WHERE n.company_id = :companyId AND n.id = :id`,
    { companyId, id },
  )
  return found ? viewOf(found) : null
}

/** Every notification of the routes (internal ones included), in the order of planning; one query for a whole page of routes. */
export async function notificationsOfRoutes(
  db: Database,
  companyId: string,
  routeIds: readonly string[],
): Promise<NotificationView[]> {
  const found = await rows<NotificationRow>(
    db,
    `${selectNotifications} WHERE n.company_id = :companyId AND n.route_id = ANY(:routeIds)
     ORDER BY n.sequence`,
    { companyId, routeIds },
  )
  return found.map(viewOf)
}

/** Every notification of the route (internal ones included), in the order of planning. */
export async function notificationsOfRoute(db: Database, ref: RouteRef): Promise<NotificationView[]> {
  return notificationsOfRoutes(db, ref.companyId, [ref.routeId])
}

/** Every notification about one stop, in the order of planning. */
export async function notificationsOfStop(db: Database, ref: RouteRef, stopId: string): Promise<NotificationView[]> {
  const found = await rows<NotificationRow>(
    db,
    `${selectNotifications} WHERE n.company_id = :companyId AND n.route_id = :routeId AND n.stop_id = :stopId
     ORDER BY n.sequence`,
    { ...ref, stopId },
  )
  return found.map(viewOf)
}

/** Every notification to one recipient, in the order of planning. */
export async function notificationsTo(
  db: Database,
  { companyId, channel, address }: RecipientAddress,
): Promise<NotificationView[]> {
  const found = await rows<NotificationRow>(
    db,
    `${selectNotifications} WHERE n.company_id = :companyId AND n.channel = :channel AND n.address = :address
     ORDER BY n.sequence`,
    { companyId, channel, address },
  )
  return found.map(viewOf)
}

function viewOf({ windowStart, windowEnd, ...notification }: NotificationRow): NotificationView {
  const window = windowStart !== null && windowEnd !== null ? { start: windowStart, end: windowEnd } : null
  return { ...notification, window }
}
