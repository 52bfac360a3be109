import type { Knex } from 'knex'
import { claimNotification, recordOutcome } from '../db/notificationLedger'
import { takeRouteFacts } from '../db/routeFacts'
import { savePlan } from '../db/savePlan'
import { type ComposedMessage, messageOrNothing } from '../domain/composeMessage'
import type { ConfiguredChannels } from '../domain/decideNotification'
import type { RouteFacts } from '../domain/facts'
import { isDue, type Planned, planRoute } from '../domain/planRoute'
import type { OutgoingMessage, ProviderAnswer } from '../domain/provider'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Channel, Instant } from '../domain/words'
import { attemptResult } from './attemptResult'

/** What claiming works with. */
export interface ClaimingParts {
  db: Knex
  configured: ConfiguredChannels
  /** Where a customer ends a company's emails. */
  unsubscribeLink(companyId: string, address: string): string
}

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
  { db, configured, unsubscribeLink }: ClaimingParts,
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
      const claim = await claimOne(trx, facts, planned, id, now, unsubscribeLink)
      if (claim !== null) claims.push(claim)
    }
    return claims
  })
}

async function claimOne(
  trx: Knex,
  facts: RouteFacts,
  { subject, decision }: Planned,
  id: string,
  now: Instant,
  unsubscribeLink: ClaimingParts['unsubscribeLink'],
): Promise<Claim | null> {
  const { channel, address, internal } = subject.recipient
  const attempt = (subject.notification?.lastAttempt?.number ?? 0) + 1
  const claimedAt = Date.now()
  const composed = messageOrNothing(facts, subject, decision.window)
  const { html, ...written } = composed ?? unwritten
  if (!(await claimNotification(trx, id, attempt, written, now))) return null
  if (composed === null) {
    await recordOutcome(trx, attemptResult(channel, id, attempt, notComposed, now), now)
    return null
  }
  const message = {
    notificationId: id,
    address,
    subject: composed.subject,
    text: composed.text,
    html,
    unsubscribeLink: channel === 'email' && !internal ? unsubscribeLink(facts.company.companyId, address) : null,
  }
  return { channel, attempt, claimedAt, message }
}

const unwritten: ComposedMessage = { subject: null, text: '', html: null, shortened: false }

const notComposed: ProviderAnswer = {
  outcome: 'permanent',
  code: 'template',
  message: 'The template could not be filled in, or came to nothing: preview it against this stop to see why.',
  reason: 'content_refused',
}
