import type { Knex } from 'knex'
import { claimNotification, recordOutcome } from '../db/notificationLedger'
import { takeRouteFacts } from '../db/routeFacts'
import { savePlan } from '../db/savePlan'
import { type ComposedMessage, composeMessage } from '../domain/composeMessage'
import type { ConfiguredChannels } from '../domain/decideNotification'
import type { RouteFacts } from '../domain/facts'
import { isDue, type Planned, planRoute } from '../domain/planRoute'
import type { OutgoingMessage } from '../domain/provider'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Channel, Instant } from '../domain/words'
import { attemptResult } from './attemptResult'

/** The right to call the provider once for one notification. */
export interface Claim {
  channel: Channel
  attempt: number
  message: OutgoingMessage
  /** Wall clock of this process, from before the claim was visible to others. */
  claimedAt: Instant
}

/**
 * Claims those of the notifications that the facts call for at this moment, facts and claims in one transaction: whatever
 * has been cancelled, moved, switched off or opted out by now is not claimed.
 */
export async function claimDue(
  { db, configured }: { db: Knex; configured: ConfiguredChannels },
  ref: RouteRef,
  ids: string[],
  now: Instant,
): Promise<Claim[]> {
  return db.transaction(async (trx) => {
    const facts = await takeRouteFacts(trx, ref, now)
    if (facts === null) return []
    const plan = planRoute(facts, now, configured)
    await savePlan(trx, ref, facts, plan)
    const claims: Claim[] = []
    for (const planned of plan.planned) {
      const id = planned.subject.notification?.id
      if (id === undefined || !ids.includes(id) || !isDue(planned, now)) continue
      const claim = await claim1(trx, facts, planned, id, now)
      if (claim !== null) claims.push(claim)
    }
    return claims
  })
}

async function claim1(
  trx: Knex,
  facts: RouteFacts,
  { subject, decision }: Planned,
  id: string,
  now: Instant,
): Promise<Claim | null> {
  const { channel, address } = subject.recipient
  const attempt = (subject.notification?.lastAttempt?.number ?? 0) + 1
  const claimedAt = Date.now()
  const composed = composedOrError(() => composeMessage(facts, subject, decision.window))
  if (composed instanceof Error) {
    // One message that cannot be put into words must not hold up the others.
    const empty = { subject: null, text: '', shortened: false }
    if ((await claimNotification(trx, id, attempt, empty, now)) === null) return null
    const refusal = { outcome: 'permanent', code: 'template', reason: 'content_refused' } as const
    const answer = { ...refusal, message: `The template could not be filled in: ${composed.message}` }
    await recordOutcome(trx, attemptResult(channel, id, attempt, answer, now), now)
    return null
  }
  const { html, ...written } = composed
  if ((await claimNotification(trx, id, attempt, written, now)) === null) return null
  const { subject: title, text } = written
  return { channel, attempt, claimedAt, message: { notificationId: id, address, subject: title, text, html } }
}

function composedOrError(compose: () => ComposedMessage): ComposedMessage | Error {
  try {
    return compose()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
