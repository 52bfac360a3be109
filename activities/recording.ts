import { setTimeout as delay } from 'node:timers/promises'
import { cancellationSignal } from '@temporalio/activity'
import type { Knex } from 'knex'
import { isDatabaseAway } from '../db/connect'
import { recordConsent } from '../db/consents'
import { recordOutcome } from '../db/notificationLedger'
import type { Database } from '../db/sql'
import type { ProviderAnswer } from '../domain/provider'
import type { Channel, Instant } from '../domain/words'
import { attemptResult } from './attemptResult'

/** One call to a provider, as it is recorded. */
export interface Call {
  channel: Channel
  id: string
  address: string
  attempt: number
}

/** Writes what a provider answered and what follows from it, in one transaction. */
export async function recordAnswer(db: Knex, call: Call, answer: ProviderAnswer, now: Instant): Promise<void> {
  await db.transaction(async (trx) => {
    await recordOutcome(trx, attemptResult(call.channel, call.id, call.attempt, answer, now), now)
    if (answer.outcome === 'permanent' && answer.reason === 'opted_out') await recordStop(trx, call, answer.message)
  })
}

/** The recipient said STOP to the sender that all companies share. */
export async function recordStop(
  trx: Database,
  { channel, address }: Pick<Call, 'channel' | 'address'>,
  note: string | null,
): Promise<void> {
  await recordConsent(trx, { companyId: null, channel, address, action: 'revoked', source: 'twilio_21610', note })
}

const databaseAwayMs = 500

/**
 * Repeats a write for as long as the database is away: an answer that is forgotten is an email sent twice, or a text to
 * be looked up. Ends when the worker must stop, or the server has given this execution up.
 */
export async function untilWritten(write: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isDatabaseAway(error) || cancellationSignal().aborted) throw error
      await delay(databaseAwayMs)
    }
  }
}
