import { predecessorsOf } from '../domain/notificationStatus'
import { type FailureReason, reasonText } from '../domain/reasons'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Channel, Event, Instant, NotificationStatus } from '../domain/words'
import { isUuid } from './page'
import { type Database, row, rows, timestamp } from './sql'

export type ReceiptStatus = 'sent' | 'delivered' | 'undelivered' | 'failed'

/** `accepted`: the provider has the message, which is news only if the answer to our own call was lost. */
export type ProvenStatus = ReceiptStatus | 'accepted'

/** What the provider tells of a message after it took it. */
export interface Receipt {
  /** From the callback's own address; without it (or when it is unknown) the provider's id finds the notification. */
  notificationId?: string | undefined
  providerId: string
  status: ProvenStatus
  code?: string | null | undefined
  /** Why it is `failed` or `undelivered`; `unreachable` without it. */
  reason?: FailureReason | undefined
  /** The same for people, where more is known than the reason says. */
  reasonText?: string | undefined
  /** When it came, or when the provider says it happened. */
  at: Instant
}

export interface ReceiptOutcome extends RouteRef {
  notificationId: string
  stopId: string | null
  event: Event
  channel: Channel
  recipient: string
  /** After the receipt. */
  status: NotificationStatus
  /** Whether this receipt moved it: only then is there news for the route. */
  changed: boolean
}

/**
 * Writes what a receipt proves: the status moves forward, never back, so a late or repeated receipt does no harm. It may
 * come before the answer of the provider's call has been written (`sending`), or instead of it (`unknown`): the
 * notification then gets its provider id here. Null when no notification of that id or provider id is known.
 */
export async function recordReceipt(db: Database, receipt: Receipt): Promise<ReceiptOutcome | null> {
  return db.transaction(async (trx) => {
    const found = await lockNotification(trx, receipt)
    if (found === null) return null
    const { status } = receipt
    const reason = status === 'failed' || status === 'undelivered' ? (receipt.reason ?? 'unreachable') : null
    const bindings = {
      id: found.notificationId,
      providerId: receipt.providerId,
      status,
      before: predecessorsOf(status),
      code: receipt.code ?? null,
      at: timestamp(receipt.at),
      reason,
      reasonText: reason === null ? null : (receipt.reasonText ?? reasonText('failed', reason) ?? null),
    }
    if (status !== 'accepted')
      await rows(
        trx,
        `INSERT INTO receipts (notification_id, status, code, at) VALUES (:id, :status, :code, :at)
         ON CONFLICT (notification_id, status) DO NOTHING`,
        bindings,
      )
    const moved = await row<{ status: NotificationStatus }>(
      trx,
      `UPDATE notifications n SET status = :status, provider_id = coalesce(n.provider_id, :providerId),
         sent_at = CASE WHEN CAST(:status AS text) IN ('accepted', 'sent', 'delivered') THEN coalesce(n.sent_at, :at) ELSE n.sent_at END,
         delivered_at = CASE WHEN CAST(:status AS text) = 'delivered' THEN :at ELSE n.delivered_at END,
         reason = :reason, reason_text = :reasonText,
         updated_at = now()
       WHERE n.id = :id AND n.status = ANY(:before)
       RETURNING n.status`,
      bindings,
    )
    return { ...found, status: moved?.status ?? found.status, changed: moved !== null }
  })
}

/** The route of the notification that a receipt is about, so that it can be locked before the notification is; or null. */
export async function routeOfReceipt(
  db: Database,
  { notificationId, providerId }: Pick<Receipt, 'notificationId' | 'providerId'>,
): Promise<RouteRef | null> {
  const known = notificationId !== undefined && isUuid(notificationId)
  return row<RouteRef>(
    db,
    `SELECT company_id AS "companyId", route_id AS "routeId" FROM notifications
     WHERE provider_id = :providerId ${known ? 'OR id = :notificationId' : ''}
     ORDER BY provider_id = :providerId DESC NULLS LAST LIMIT 1`,
    { providerId, notificationId: known ? notificationId : null },
  )
}

type Found = Omit<ReceiptOutcome, 'changed'>

/** By its own id, else by the provider's. One that is known under another provider id is not the message meant. */
async function lockNotification(trx: Database, { notificationId, providerId }: Receipt): Promise<Found | null> {
  const select = `SELECT id AS "notificationId", company_id AS "companyId", route_id AS "routeId", stop_id AS "stopId",
    event, channel, address AS recipient, status FROM notifications`
  const byProviderId = await row<Found>(trx, `${select} WHERE provider_id = :providerId FOR NO KEY UPDATE`, {
    providerId,
  })
  if (byProviderId !== null || notificationId === undefined || !isUuid(notificationId)) return byProviderId
  return row<Found>(
    trx,
    `${select} WHERE id = :notificationId AND (provider_id IS NULL OR provider_id = :providerId) FOR NO KEY UPDATE`,
    { notificationId, providerId },
  )
}
