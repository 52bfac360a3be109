import { cancellationSignal } from '@temporalio/activity'
import type { Knex } from 'knex'
import { type ClaimedHandOff, claimHandOff, recordHandOff } from '../db/handOffs'
import { getIntegration, type Integration } from '../db/integrations'
import { takeRouteFacts } from '../db/routeFacts'
import { handOffSteps } from '../domain/handOff'
import type { HandOffAnswer, HandOffReceiver } from '../domain/handOffReceiver'
import { retryMoment } from '../domain/retryMoment'
import { routeProgress } from '../domain/routeProgress'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import { engineClock } from './engineClock'
import { withHeartbeats } from './heartbeats'
import { untilWritten } from './recording'

export interface HandingOffParts {
  db: Knex
  /** The vendor of a company's integration, as it is called; null for one that is told nothing. */
  receiverOf(companyId: string, integration: Integration): HandOffReceiver | null
}

interface Claim extends ClaimedHandOff {
  integration: Integration | null
  /** Wall clock of this process. */
  claimedAt: Instant
}

/**
 * Tells vendors what they are to know of the route by now: the facts are read again before each call, and the call is
 * written down before it is made. Each of the route's vendors is called once at most: what fails has its own time.
 * @returns how many calls were made: the facts may have changed since they were planned
 */
export async function handOff(parts: HandingOffParts, ref: RouteRef): Promise<number> {
  const now = engineClock()
  const called = new Set<string>()
  await withHeartbeats(async () => {
    while (!cancellationSignal().aborted) {
      const claim = await claimNext(parts.db, ref, called, now())
      if (claim === null) return
      called.add(claim.id)
      const answer = hasExpired(claim) ? expired : await tell(parts, ref, claim)
      const retryAfterMs = answer.outcome === 'try_later' ? answer.retryAfterMs : null
      await untilWritten(() => recordHandOff(parts.db, claim, answer, retryMoment(claim.failures, now(), retryAfterMs)))
    }
  })
  return called.size
}

async function claimNext(db: Knex, ref: RouteRef, called: Set<string>, now: Instant): Promise<Claim | null> {
  const claimedAt = Date.now()
  return db.transaction(async (trx) => {
    const facts = await takeRouteFacts(trx, ref, now)
    if (facts === null) return null
    const { status, stops } = routeProgress(facts, now)
    const steps = handOffSteps({ ...facts, stops, route: { ...facts.route, status } }, now)
    const step = steps.find(({ at, stored }) => at <= now && !(stored && called.has(stored.id)))
    if (step === undefined) return null
    const claimed = await claimHandOff(trx, ref, step, now, (failures) => retryMoment(failures, now, null))
    return { ...claimed, integration: await getIntegration(trx, ref.companyId, step.device.vendor), claimedAt }
  })
}

async function tell({ receiverOf }: HandingOffParts, { companyId }: RouteRef, claim: Claim): Promise<HandOffAnswer> {
  let receiver: HandOffReceiver | null
  try {
    receiver = claim.integration && receiverOf(companyId, claim.integration)
  } catch {
    return unreadableSecret
  }
  if (receiver === null) return notConfigured
  const { id: handOffId, revision, action, document, attempt } = claim
  return receiver.tell({ handOffId, revision, action, document, isRepeated: attempt > 1 })
}

/** As long as the server waits for a heartbeat (workflows/routeActivities.ts). */
const claimHoldsMs = 10_000

/** A process that was frozen between claim and call has been given up, and another worker may have made the call. */
function hasExpired({ claimedAt }: Claim): boolean {
  return Date.now() - claimedAt > claimHoldsMs
}

const expired: HandOffAnswer = {
  outcome: 'try_later',
  code: 'claim_expired',
  message: 'The worker was frozen before it could call the vendor.',
  retryAfterMs: null,
}

const notConfigured: HandOffAnswer = {
  outcome: 'refused',
  code: 'not_configured',
  message: 'The integration is gone or incomplete. Put it again.',
}

const unreadableSecret: HandOffAnswer = {
  outcome: 'refused',
  code: 'unreadable_secret',
  message: 'The secret of the integration was encrypted with another ENCRYPTION_KEY. Put it again.',
}
