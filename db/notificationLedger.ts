import type { AttemptOutcome } from '../domain/facts'
import type { Instant, NotificationStatus } from '../domain/words'
import { type Database, row, rows, timestamp } from './sql'

/** A message as it goes out, kept with its notification. */
export interface ClaimedMessage {
  subject: string | null
  text: string
  shortened: boolean
}

/**
 * Claims a notification for one attempt, before the provider is called. Whoever inserts the attempt's number owns the
 * call: of two workers that try at once, one gets null, and must not call.
 */
export async function claimNotification(
  trx: Database,
  id: string,
  attempt: number,
  message: ClaimedMessage,
  now: Instant,
): Promise<{ calledAt: Instant } | null> {
  const claimed = await row<{ calledAt: Instant }>(
    trx,
    `INSERT INTO attempts (notification_id, number, at) VALUES (:id, :attempt, :now)
     ON CONFLICT DO NOTHING RETURNING called_at AS "calledAt"`,
    { id, attempt, now: timestamp(now) },
  )
  if (claimed === null) return null
  await rows(
    trx,
    `UPDATE notifications SET status = 'sending', subject = :subject, text = :text, shortened = :shortened,
       updated_at = now() WHERE id = :id`,
    { id, ...message },
  )
  return claimed
}

/** What came of an attempt, for the notification's record. */
export interface AttemptResult {
  id: string
  attempt: number
  outcome: AttemptOutcome
  code: string | null
  message: string | null
  retryAt: Instant | null
  providerId: string | null
  status: NotificationStatus
  reason: string | null
  reasonText: string | null
}

/**
 * Writes the outcome of an attempt. The provider's receipt may have come first: then the notification keeps the status
 * that the receipt proved, and learns the provider's id alone.
 */
export async function recordOutcome(db: Database, result: AttemptResult, now: Instant): Promise<void> {
  await rows(
    db,
    `WITH attempted AS (
       UPDATE attempts SET outcome = :outcome, code = :code, message = :message, retry_at = :retryAt
       WHERE notification_id = :id AND number = :attempt
     )
     UPDATE notifications SET
       provider_id = COALESCE(provider_id, :providerId),
       status = CASE WHEN status IN ('sending', 'unknown') THEN :status ELSE status END,
       reason = CASE WHEN status IN ('sending', 'unknown') THEN :reason ELSE reason END,
       reason_text = CASE WHEN status IN ('sending', 'unknown') THEN :reasonText ELSE reason_text END,
       sent_at = CASE WHEN CAST(:outcome AS text) = 'accepted' THEN COALESCE(sent_at, :now) ELSE sent_at END,
       updated_at = now()
     WHERE id = :id`,
    { ...result, retryAt: timestamp(result.retryAt), now: timestamp(now) },
  )
}

/** A text whose outcome is to be looked up at the provider. */
export interface UnknownText {
  id: string
  address: string
  text: string
  attempt: number
  calledAt: Instant
  lookUps: number
  /** The worker died during the call: nobody saw it fail. */
  crashed: boolean
}

/** Those of the texts whose outcome is still unknown. */
export async function unknownTexts(db: Database, ids: string[]): Promise<UnknownText[]> {
  return rows<UnknownText>(
    db,
    `SELECT n.id, n.address, n.text, a.number AS attempt, a.called_at AS "calledAt", n.look_ups AS "lookUps",
       a.outcome IS NULL AS crashed
     FROM notifications n
     JOIN LATERAL (SELECT * FROM attempts WHERE notification_id = n.id ORDER BY number DESC LIMIT 1) a ON true
     WHERE n.id = ANY(:ids) AND n.channel = 'sms'
       AND (n.status = 'unknown' OR (n.status = 'sending' AND a.outcome IS NULL))`,
    { ids },
  )
}

/** Ids that the provider gave to the other notifications of an address. */
export async function providerIdsOf(db: Database, address: string): Promise<Set<string>> {
  const found = await rows<{ providerId: string }>(
    db,
    `SELECT provider_id AS "providerId" FROM notifications WHERE address = :address AND provider_id IS NOT NULL`,
    { address },
  )
  return new Set(found.map(({ providerId }) => providerId))
}

/** Counts a look-up that found nothing. */
export async function recordLookUp(db: Database, id: string): Promise<void> {
  await rows(db, 'UPDATE notifications SET look_ups = look_ups + 1, updated_at = now() WHERE id = :id', { id })
}
