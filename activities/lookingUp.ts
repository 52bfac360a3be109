import type { Knex } from 'knex'
import { providerIdsOf, recordLookUp, recordOutcome, type UnknownText, unknownTexts } from '../db/notificationLedger'
import { recordReceipt } from '../db/receipts'
import { isLastLookUp } from '../domain/lookUps'
import type { MessageFinder } from '../domain/provider'
import type { Instant } from '../domain/words'
import { attemptResult } from './attemptResult'
import { engineClock } from './engineClock'

export interface LookingUpParts {
  db: Knex
  /** Null when text messages are not configured. */
  finder: MessageFinder | null
}

/** What a look-up says of a text: the provider has it, has none, or could not be asked. */
export type LookUpOutcome = 'found' | 'not_found' | 'not_asked'

/**
 * Asks the provider about texts whose outcome is unknown. What it has is settled. What it has not stays unknown and is
 * never sent again blindly; but a text whose call died with the worker, and of which the provider still knows nothing at
 * the last look-up, never left, and is sent.
 */
export async function lookUpBatch(parts: LookingUpParts, ids: string[]): Promise<Record<string, LookUpOutcome>> {
  const now = engineClock()
  const outcomes: Record<string, LookUpOutcome> = {}
  for (const text of await unknownTexts(parts.db, ids)) {
    const outcome = await lookUp(parts, text, now())
    outcomes[text.id] = outcome
    if (outcome === 'found') continue
    await recordLookUp(parts.db, text.id)
    if (!text.crashed || !isLastLookUp(text)) continue
    const answer =
      outcome === 'not_found'
        ? ({
            outcome: 'try_later',
            code: 'never_left',
            message: 'The worker died before the call; the provider has no such message.',
            retryAfterMs: 0,
          } as const)
        : ({
            outcome: 'unknown',
            code: 'not_asked',
            message: 'The worker died during the call, and the provider could not be asked.',
          } as const)
    await recordOutcome(parts.db, attemptResult('sms', text.id, text.attempt, answer, now()), now())
  }
  return outcomes
}

async function lookUp(
  { db, finder }: LookingUpParts,
  { id, address, text, attempt, calledAt }: UnknownText,
  now: Instant,
): Promise<LookUpOutcome> {
  if (finder === null) return 'not_asked'
  try {
    const found = await finder.find({ address, text, calledAt, known: await providerIdsOf(db, address) })
    if (found === null) return 'not_found'
    const { providerId, status } = found
    await recordOutcome(db, attemptResult('sms', id, attempt, { outcome: 'accepted', providerId }, now), now)
    if (status !== 'accepted') await recordReceipt(db, { notificationId: id, providerId, status, at: now })
    return 'found'
  } catch {
    return 'not_asked'
  }
}
