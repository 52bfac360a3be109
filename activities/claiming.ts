import { claimNotifications, recordOutcome } from '../db/notificationLedger'
import { type ComposedMessage, messageOrNothing } from '../domain/composeMessage'
import { isDue } from '../domain/planRoute'
import type { OutgoingMessage, ProviderAnswer } from '../domain/provider'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Channel, Instant } from '../domain/words'
import type { Agenda } from './agenda'
import { attemptResult } from './attemptResult'
import { agendaFrom, type PlanningParts, type SavedPlan, takePlan } from './planning'

/** What claiming works with. */
export interface ClaimingParts extends PlanningParts {
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

/** What was claimed, and the plan that it was claimed by. */
export interface Claimed {
  claims: Claim[]
  /** How many notifications have moved on by it, those included that have no message to send. */
  taken: number
  agenda: Agenda
}

/**
 * Plans the route and claims what is due at this moment, up to `atMost`, in one transaction: whatever has been cancelled,
 * moved, switched off or opted out by now is not claimed. Null for a route that is no more.
 */
export async function claimDue(
  { db, configured, unsubscribeLink }: ClaimingParts,
  ref: RouteRef,
  atMost: number,
  now: Instant,
): Promise<Claimed | null> {
  return db.transaction(async (trx) => {
    const saved = await takePlan(trx, ref, now, configured)
    if (saved === null) return null
    const claimedAt = Date.now()
    const wanted = composeDue(saved, atMost)
    const taken = await claimNotifications(
      trx,
      wanted.map(({ id, attempt, composed: { html, ...written } = unwritten }) => ({ id, attempt, ...written })),
      now,
    )
    const claims: Claim[] = []
    for (const { id, channel, attempt, address, internal, composed } of wanted.filter(({ id }) => taken.has(id))) {
      if (composed === undefined) {
        await recordOutcome(trx, attemptResult(channel, id, attempt, notComposed, now), now)
        continue
      }
      const { subject, text, html } = composed
      const link = channel === 'email' && !internal ? unsubscribeLink(ref.companyId, address) : null
      const message = { notificationId: id, address, subject, text, html, unsubscribeLink: link }
      claims.push({ channel, attempt, claimedAt, message })
    }
    return { claims, taken: taken.size, agenda: agendaFrom(saved) }
  })
}

/** The first of what is due, with the messages as they go out; none where a template comes to nothing. */
function composeDue({ facts, plan, ids }: SavedPlan, atMost: number) {
  const due = plan.planned.flatMap((planned, index) =>
    isDue(planned, plan.now) ? [{ planned, id: ids[index] ?? '' }] : [],
  )
  return due.slice(0, atMost).map(({ planned: { subject, decision }, id }) => ({
    id,
    ...subject.recipient,
    attempt: (subject.notification?.lastAttempt?.number ?? 0) + 1,
    composed: messageOrNothing(facts, subject, decision.window) ?? undefined,
  }))
}

const unwritten: ComposedMessage = { subject: null, text: '', html: null, shortened: false }

const notComposed: ProviderAnswer = {
  outcome: 'permanent',
  code: 'template',
  message: 'The template could not be filled in, or came to nothing: preview it against this stop to see why.',
  reason: 'content_refused',
}
