import { cancellationSignal } from '@temporalio/activity'
import type { AttemptOutcome } from '../domain/facts'
import type { MessageSender, ProviderAnswer } from '../domain/provider'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Channel, Instant } from '../domain/words'
import type { Agenda } from './agenda'
import { type Claim, type ClaimingParts, claimDue } from './claiming'
import { engineClock } from './engineClock'
import { allSettled, withHeartbeats } from './heartbeats'
import { recordAnswer, untilWritten } from './recording'

export interface SendingParts extends ClaimingParts {
  /** Null for a channel that is not configured. */
  senders: Record<Channel, MessageSender | null>
}

/** What became of what was due at one moment. */
export interface Sent {
  /** By the notification's id. */
  outcomes: Record<string, AttemptOutcome>
  /** What the route owes after that; null for one that is no more. */
  agenda: Agenda | null
}

/** How many provider calls are made at once. */
const atOnce = 10

/**
 * Sends what a route owes at this moment, and plans it as it does: the facts are read again right before the calls, a
 * group at a time. One bad number never holds up the rest.
 *
 * When the worker is shutting down, or the server has given this execution up, it finishes the calls that it began and
 * leaves the rest, which is then still due by the agenda: the workflow asks again, and another worker sends it.
 */
export async function sendDue(parts: SendingParts, ref: RouteRef): Promise<Sent> {
  const now = engineClock()
  const outcomes: Sent['outcomes'] = {}
  return withHeartbeats(async () => {
    for (;;) {
      const claimed = await claimDue(parts, ref, atOnce, now())
      if (claimed === null) return { outcomes, agenda: null }
      // All of them are waited for: an error of one must not leave the others' answers to nobody.
      await allSettled(
        claimed.claims.map(async (claim) => {
          outcomes[claim.message.notificationId] = await sendOne(parts, claim, now)
        }),
      )
      if (claimed.taken === 0 || cancellationSignal().aborted) return { outcomes, agenda: claimed.agenda }
    }
  })
}

async function sendOne({ db, senders }: SendingParts, claim: Claim, now: () => Instant): Promise<AttemptOutcome> {
  const { channel, attempt, message } = claim
  const answer = hasExpired(claim) ? expired : ((await senders[channel]?.send(message)) ?? notConfigured)
  const call = { channel, attempt, id: message.notificationId, address: message.address }
  await untilWritten(() => recordAnswer(db, call, answer, now()))
  return answer.outcome
}

/** As long as the server waits for a heartbeat (workflows/routeActivities.ts). */
const claimHoldsMs = 10_000

/**
 * A process that was frozen between claim and call has been given up by the server in the meantime, and another worker may
 * have the message: it must not be sent on the old claim.
 */
function hasExpired({ claimedAt }: Claim): boolean {
  return Date.now() - claimedAt > claimHoldsMs
}

const expired: ProviderAnswer = {
  outcome: 'try_later',
  code: 'claim_expired',
  message: 'The worker was frozen after it had claimed the message. It did not call the provider.',
  retryAfterMs: 0,
}

const notConfigured: ProviderAnswer = {
  outcome: 'try_later',
  code: 'channel_not_configured',
  message: 'This worker has no provider for the channel.',
  retryAfterMs: null,
}
