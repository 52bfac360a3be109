import type { HandOffAction, HandOffState } from '../domain/facts'
import type { HandOffStep } from '../domain/handOff'
import type { HandOffDocument } from '../domain/handOffDocument'
import type { HandOffAnswer } from '../domain/handOffReceiver'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import { type Database, rows, theRow, timestamp } from './sql'

/** The right to call a vendor once about a route. */
export interface ClaimedHandOff {
  id: string
  action: HandOffAction
  says: string
  document: HandOffDocument
  revision: number
  attempt: number
  /** Which failure in a row this is, should it be one. */
  failures: number
  /** What the vendor had before this call. */
  sentBefore: string | null
}

/**
 * Writes down that the vendor is about to be called, in the transaction that took the facts. Until the answer is written
 * nobody knows what the vendor has; should the worker die before, the call is repeated at `retryAt(failures)`.
 */
export async function claimHandOff(
  trx: Database,
  ref: RouteRef,
  step: HandOffStep,
  now: Instant,
  retryAt: (failures: number) => Instant,
): Promise<ClaimedHandOff> {
  const { action, says, stored } = step
  const id = stored?.id ?? (await insertHandOff(trx, ref, step))
  const before = await theRow<{ failures: number }>(trx, 'SELECT failures FROM hand_offs WHERE id = :id', { id })
  const failures = before.failures + 1
  const { revision, document } = await theRow<Pick<ClaimedHandOff, 'revision' | 'document'>>(
    trx,
    `UPDATE hand_offs SET sent = NULL, tried = :says, failures = :failures, retry_at = :retryAt, updated_at = now(),
       revision = revision + CASE WHEN tried IS NOT DISTINCT FROM :says THEN 0 ELSE 1 END,
       document = coalesce(CAST(:document AS json), document)
     WHERE id = :id RETURNING revision, document`,
    {
      id,
      says,
      failures,
      retryAt: timestamp(retryAt(failures)),
      document: step.document && JSON.stringify(step.document),
    },
  )
  const { number: attempt } = await theRow<{ number: number }>(
    trx,
    `INSERT INTO hand_off_attempts (hand_off_id, number, action, at)
     SELECT :id, coalesce(max(number), 0) + 1, :action, :at FROM hand_off_attempts WHERE hand_off_id = :id
     RETURNING number`,
    { id, action, at: timestamp(now) },
  )
  return { id, action, says, document, revision, attempt, failures, sentBefore: stored?.sent ?? null }
}

async function insertHandOff(trx: Database, ref: RouteRef, { device }: HandOffStep): Promise<string> {
  const { id } = await theRow<{ id: string }>(
    trx,
    `INSERT INTO hand_offs (company_id, route_id, vendor, device_id)
     VALUES (:companyId, :routeId, :vendor, :deviceId) RETURNING id`,
    { ...ref, ...device },
  )
  return id
}

/** Writes what became of a call. One that was given up, and repeated since, says nothing of how things stand now. */
export async function recordHandOff(
  db: Database,
  { id, action, says, attempt, sentBefore }: ClaimedHandOff,
  answer: HandOffAnswer,
  retryAt: Instant,
): Promise<void> {
  const accepted = answer.outcome === 'accepted'
  const told = 'code' in answer ? answer : { code: null, message: null }
  const taken = accepted && action !== 'withdraw'
  const sentIfNot = answer.outcome === 'unknown' ? null : sentBefore
  const state: HandOffState = accepted ? (taken ? 'handed_over' : 'withdrawn') : 'failed'
  await rows(
    db,
    `WITH recorded AS (
       UPDATE hand_off_attempts SET outcome = :outcome, code = :code, message = :message
       WHERE hand_off_id = :id AND number = :attempt
     )
     UPDATE hand_offs SET state = :state, sent = :sent, retry_at = :retryAt, updated_at = now(),
       failures = CASE WHEN :accepted THEN 0 ELSE failures END,
       vendor_route_id = coalesce(:vendorRouteId, vendor_route_id)
     WHERE id = :id AND NOT EXISTS (SELECT 1 FROM hand_off_attempts WHERE hand_off_id = :id AND number > :attempt)`,
    {
      id,
      attempt,
      outcome: answer.outcome,
      code: told.code,
      // A vendor may say anything; a database holds no NUL, and nobody reads more than this.
      message: told.message?.replaceAll('\0', '').slice(0, 500) ?? null,
      state,
      sent: taken ? says : accepted ? null : sentIfNot,
      retryAt: accepted ? null : timestamp(retryAt),
      accepted,
      vendorRouteId: accepted ? answer.vendorRouteId : null,
    },
  )
}
