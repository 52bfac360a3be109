import type { AttemptOutcome } from '../domain/facts'
import type { Instant, NotificationStatus } from '../domain/words'
import { type Database, row, rows, theRow, timestamp } from './sql'

/** One attempt to send a notification, with the message as it goes out. */
export interface ClaimedMessage {
  id: string
  attempt: number
  subject: string | null
  text: string
  shortened: boolean
}

/**
 * Claims notifications for one attempt each, before the provider is called. Whoever inserts the attempt's number owns the
 * call: of two workers that try at once, one does not get it, and must not call.
 * @returns the ids of those that were claimed
 */
export async function claimNotifications(
  trx: Database,
  messages: ClaimedMessage[],
  now: Instant,
): Promise<Set<string>> {
  if (messages.length === 0) return new Set()
  const claimed = await rows<{ id: string }>(
    trx,
    `WITH wanted AS (
       SELECT * FROM jsonb_to_recordset(CAST(:messages AS jsonb))
         AS m (id uuid, attempt integer, subject text, text text, shortened boolean)
     ), claimed AS (
       INSERT INTO attempts (notification_id, number, at) SELECT id, attempt, CAST(:now AS timestamptz) FROM wanted
       ON CONFLICT DO NOTHING RETURNING notification_id AS id
     )
     UPDATE notifications n SET status = 'sending', subject = w.subject, text = w.text, shortened = w.shortened,
       look_ups = 0, updated_at = now()
     FROM wanted w JOIN claimed USING (id) WHERE n.id = w.id RETURNING n.id`,
    { messages: JSON.stringify(messages), now: timestamp(now) },
  )
  return new Set(claimed.map(({ id }) => id))
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
 * Writes the outcome of an attempt. May be repeated, and may come late: the provider's receipt may have come first, then
 * the notification keeps the status that the receipt proved and learns the provider's id alone; and a worker that was
 * frozen may write after another one has tried again, then only its success counts.
 */
export async function recordOutcome(db: Database, result: AttemptResult, now: Instant): Promise<void> {
  const accepted = `CAST(:outcome AS text) = 'accepted'`
  const moves = `(n.status IN ('sending', 'unknown') AND (${accepted} OR NOT EXISTS (
    SELECT 1 FROM attempts newer WHERE newer.notification_id = n.id AND newer.number > :attempt)))`
  await rows(
    db,
    `WITH attempted AS (
       UPDATE attempts SET outcome = :outcome, code = :code, message = :message, retry_at = :retryAt
       WHERE notification_id = :id AND number = :attempt AND outcome IS DISTINCT FROM 'accepted'
     )
     UPDATE notifications n SET
       provider_id = COALESCE(n.provider_id, :providerId),
       status = CASE WHEN ${moves} THEN :status ELSE n.status END,
       reason = CASE WHEN ${moves} THEN :reason ELSE n.reason END,
       reason_text = CASE WHEN ${moves} THEN :reasonText ELSE n.reason_text END,
       sent_at = CASE WHEN ${accepted} THEN COALESCE(n.sent_at, :now) ELSE n.sent_at END,
       updated_at = now()
     WHERE n.id = :id`,
    { ...result, retryAt: timestamp(result.retryAt), now: timestamp(now) },
  )
}

/** A text whose outcome is to be looked up at the provider. */
export interface UnknownText {
  id: string
  companyId: string
  address: string
  text: string
  attempt: number
  /** By the engine's clock. */
  attemptedAt: Instant
  /** By the wall clock. */
  calledAt: Instant
  lookUps: number
  /** The worker died during the call: nobody saw it fail. */
  crashed: boolean
}

/** Those of the texts whose outcome is still unknown. */
export async function unknownTexts(db: Database, ids: string[]): Promise<UnknownText[]> {
  return rows<UnknownText>(
    db,
    `SELECT n.id, n.company_id AS "companyId", n.address, n.text, a.number AS attempt, a.at AS "attemptedAt",
       a.called_at AS "calledAt", n.look_ups AS "lookUps", a.outcome IS NULL AS crashed
     FROM notifications n
     JOIN LATERAL (SELECT * FROM attempts WHERE notification_id = n.id ORDER BY number DESC LIMIT 1) a ON true
     WHERE n.id = ANY(:ids) AND n.channel = 'sms' AND n.erased_at IS NULL
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

/** Other messages with the same text to the same number, of any company, called at about the same time. */
export interface Twins {
  /** Being sent at this moment: the provider may list one of them, whose id is not known yet. */
  inFlight: number
  /** Of unknown outcome themselves, or cut off by a crash. */
  unknown: number
}

/** The twins of a text: what the provider lists may be any of them. A call of more than 25 seconds has been cut off. */
export async function twinsOf(db: Database, { id, address, text, calledAt }: UnknownText): Promise<Twins> {
  const isInFlight = `a.outcome IS NULL AND a.called_at > clock_timestamp() - interval '25 seconds'`
  return theRow<Twins>(
    db,
    `SELECT count(*) FILTER (WHERE ${isInFlight}) AS "inFlight", count(*) FILTER (WHERE NOT (${isInFlight})) AS unknown
     FROM notifications n
     JOIN LATERAL (SELECT * FROM attempts WHERE notification_id = n.id ORDER BY number DESC LIMIT 1) a ON true
     WHERE n.address = :address AND n.status IN ('sending', 'unknown') AND n.text = :text AND n.id <> :id
       AND (a.outcome IS NULL OR a.outcome = 'unknown')
       AND a.called_at BETWEEN CAST(:calledAt AS timestamptz) - interval '5 minutes'
         AND CAST(:calledAt AS timestamptz) + interval '5 minutes'`,
    { id, address, text, calledAt: timestamp(calledAt) },
  )
}

/** Counts a look-up that found nothing; false when it has been counted, or settled, by another worker. */
export async function countLookUp(trx: Database, { id, lookUps }: UnknownText): Promise<boolean> {
  const counted = await row(
    trx,
    `UPDATE notifications SET look_ups = look_ups + 1, updated_at = now()
     WHERE id = :id AND look_ups = :lookUps AND status IN ('sending', 'unknown') RETURNING id`,
    { id, lookUps },
  )
  return counted !== null
}
