import { heartbeat } from '@temporalio/activity'
import type { Knex } from 'knex'
import { recordConsent } from '../db/consents'
import { claimNotification, recordOutcome } from '../db/notificationLedger'
import { takeRouteFacts } from '../db/routeFacts'
import { savePlan } from '../db/savePlan'
import { composeMessage } from '../domain/composeMessage'
import type { ConfiguredChannels } from '../domain/decideNotification'
import type { AttemptOutcome } from '../domain/facts'
import { isDue, planRoute } from '../domain/planRoute'
import type { MessageSender, OutgoingMessage, ProviderAnswer } from '../domain/provider'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Channel, Instant } from '../domain/words'
import { attemptResult } from './attemptResult'
import { engineClock } from './engineClock'

export interface SendingParts {
  db: Knex
  configured: ConfiguredChannels
  /** Null for a channel that is not configured. */
  senders: Record<Channel, MessageSender | null>
}

/** What became of each notification of a batch; `not_now` for one that the facts no longer called for. */
export type BatchOutcome = Record<string, AttemptOutcome | 'not_now'>

/** How many provider calls a batch makes at once. */
const atOnce = 10

/**
 * Sends what a route owes at this moment. The facts are read again right before the calls, a group at a time: whatever
 * has been cancelled, moved, switched off or opted out by then is not sent. One bad number never holds up the rest.
 */
export async function sendBatch(parts: SendingParts, ref: RouteRef, ids: string[]): Promise<BatchOutcome> {
  const now = engineClock()
  const outcomes: BatchOutcome = {}
  // So that a worker that died is noticed within seconds, however many messages are left.
  const pulse = setInterval(() => heartbeat(), 3_000)
  try {
    for (let first = 0; first < ids.length; first += atOnce) {
      const group = ids.slice(first, first + atOnce)
      const claimed = await claimDue(parts, ref, group, now())
      for (const id of group) outcomes[id] = 'not_now'
      await Promise.all(
        claimed.map(async (claim) => {
          outcomes[claim.message.notificationId] = await sendOne(parts, claim, now)
        }),
      )
      heartbeat()
    }
  } finally {
    clearInterval(pulse)
  }
  return outcomes
}

interface Claim {
  channel: Channel
  attempt: number
  message: OutgoingMessage
}

async function claimDue(
  { db, configured }: SendingParts,
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
      const { notification, recipient } = planned.subject
      if (notification === null || !ids.includes(notification.id) || !isDue(planned, now)) continue
      const { subject, text, html, shortened } = composeMessage(facts, planned.subject, planned.decision.window)
      const attempt = (notification.lastAttempt?.number ?? 0) + 1
      const message = { notificationId: notification.id, address: recipient.address, subject, text, html }
      if ((await claimNotification(trx, notification.id, attempt, { subject, text, shortened }, now)) === null) continue
      claims.push({ channel: recipient.channel, attempt, message })
    }
    return claims
  })
}

async function sendOne(
  { db, senders }: SendingParts,
  { channel, attempt, message }: Claim,
  now: () => Instant,
): Promise<AttemptOutcome> {
  const answer = (await senders[channel]?.send(message)) ?? notConfigured
  await recordOutcome(db, attemptResult(channel, message.notificationId, attempt, answer, now()), now())
  if (answer.outcome === 'permanent' && answer.reason === 'opted_out') {
    // The recipient said STOP to the sender that all companies share.
    const consent = {
      companyId: null,
      channel,
      address: message.address,
      action: 'revoked',
      source: 'provider',
    } as const
    await recordConsent(db, { ...consent, note: answer.message })
  }
  return answer.outcome
}

const notConfigured: ProviderAnswer = {
  outcome: 'try_later',
  code: 'channel_not_configured',
  message: 'This worker has no provider for the channel.',
  retryAfterMs: null,
}
