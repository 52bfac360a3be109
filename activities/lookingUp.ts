import type { Knex } from 'knex'
import { violates } from '../db/connect'
import {
  countLookUp,
  providerIdsOf,
  recordOutcome,
  twinsOf,
  type UnknownText,
  unknownTexts,
} from '../db/notificationLedger'
import { recordReceipt } from '../db/receipts'
import { isLastLookUp, nextLookUpAt } from '../domain/lookUps'
import type { FoundMessage, MessageFinder, ProviderAnswer } from '../domain/provider'
import type { Instant } from '../domain/words'
import { attemptResult } from './attemptResult'
import { engineClock } from './engineClock'
import { inGroups, withHeartbeats } from './heartbeats'
import { recordStop } from './recording'

export interface LookingUpParts {
  db: Knex
  /** Null when text messages are not configured. */
  finder: MessageFinder | null
}

/** What a look-up says of a text: the provider has it, has none, or could not be asked. */
export type LookUpOutcome = 'found' | 'not_found' | 'not_asked'

/** How many look-ups are made at once. */
const atOnce = 10

/**
 * Asks the provider about texts whose outcome is unknown. What it has is settled. What it has not stays unknown and is
 * never sent again blindly; but a text whose call died with the worker, and of which the provider still knows nothing at
 * the last look-up, never left, and is sent.
 */
export async function lookUpBatch(parts: LookingUpParts, ids: string[]): Promise<Record<string, LookUpOutcome>> {
  const now = engineClock()
  const outcomes: Record<string, LookUpOutcome> = {}
  await withHeartbeats(async () => {
    // Only what is due: when this is run again after an error in the middle, no text is looked up twice in a moment.
    const due = (text: UnknownText) =>
      (nextLookUpAt(text.attemptedAt, text.lookUps) ?? Number.POSITIVE_INFINITY) <= now()
    const texts = (await unknownTexts(parts.db, ids)).filter(due)
    await inGroups(texts, atOnce, async (text) => {
      outcomes[text.id] = await lookUp(parts, text, now)
    })
  })
  return outcomes
}

async function lookUp(parts: LookingUpParts, text: UnknownText, now: () => Instant): Promise<LookUpOutcome> {
  const found = await ask(parts, text)
  if (typeof found !== 'string' && (await settle(parts.db, text, found, now()))) return 'found'
  const outcome = typeof found === 'string' ? found : 'not_asked'
  await parts.db.transaction(async (trx) => {
    if (!(await countLookUp(trx, text))) return
    if (!text.crashed || !isLastLookUp(text)) return
    const answer = outcome === 'not_found' ? neverLeft : nobodyKnows
    await recordOutcome(trx, attemptResult('sms', text.id, text.attempt, answer, now()), now())
  })
  return outcome
}

/** What the provider says of the text. */
export async function ask(
  { db, finder }: LookingUpParts,
  text: UnknownText,
): Promise<FoundMessage | Exclude<LookUpOutcome, 'found'>> {
  if (finder === null) return 'not_asked'
  const twins = await twinsOf(db, text)
  if (twins.inFlight > 0) return 'not_asked'
  const known = await providerIdsOf(db, text.address)
  try {
    const [nearest, ...others] = await finder.find({ ...text, known })
    if (nearest === undefined) return 'not_found'
    // Of equal texts that were called, fewer came through: which of them, only a receipt can tell.
    return others.length < twins.unknown ? 'not_asked' : nearest
  } catch {
    return 'not_asked'
  }
}

/**
 * Writes down that the provider has the text, and what it says became of it. May be repeated. False when it has just turned
 * out to be another notification's message.
 */
export async function settle(
  db: Knex,
  { id, address, attempt }: UnknownText,
  { providerId, status, code, reason, reasonText }: FoundMessage,
  now: Instant,
): Promise<boolean> {
  try {
    await db.transaction(async (trx) => {
      await recordOutcome(trx, attemptResult('sms', id, attempt, { outcome: 'accepted', providerId }, now), now)
      if (status === 'accepted') return
      const receipt = { notificationId: id, providerId, status, code, at: now }
      await recordReceipt(trx, reason === null ? receipt : { ...receipt, reason, reasonText })
      if (reason === 'opted_out') await recordStop(trx, { channel: 'sms', address }, code)
    })
    return true
  } catch (error) {
    if (violates(error, 'notifications_by_provider_id')) return false
    throw error
  }
}

const neverLeft: ProviderAnswer = {
  outcome: 'try_later',
  code: 'never_left',
  message: 'The worker died before the call; the provider has no such message.',
  retryAfterMs: 0,
}

const nobodyKnows: ProviderAnswer = {
  outcome: 'unknown',
  code: 'not_asked',
  message: 'The worker died during the call, and the provider could not be asked.',
}
