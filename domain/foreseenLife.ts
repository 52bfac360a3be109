import { type ComposedMessage, messageOrNothing } from './composeMessage'
import type { ConfiguredChannels } from './decideNotification'
import type { NotificationRecord, RouteFacts, StopRecord, VisitEventKind } from './facts'
import { afterDecision, isDue, type Planned, planRoute } from './planRoute'
import { settlesAt } from './routeState'
import type { Subject } from './subject'
import type { Instant } from './words'

/** A notification that will come to its end if nothing happens that is not planned, with the facts at that moment. */
export interface Foreseen extends Planned {
  /** Quiet hours keep it back until it goes. */
  held: boolean
  /** What it says, or would say; null when that comes to nothing, so that it cannot go. */
  message: ComposedMessage | null
  facts: RouteFacts
}

/** A stretch of a route's life to come. */
export interface ForeseenLife {
  ended: Foreseen[]
  /** The facts when nothing is left to do. */
  facts: RouteFacts
  now: Instant
}

/** Each step ends a notification or moves on in time; a rule at odds with another must not spin. */
const mostSteps = 1_000

/**
 * Plays a route as its workflow would, until nothing is left to do but to wait for the truck: plan, send what is due, plan
 * again, sleep. It asks the planner of the engine, at every moment at which the engine would, so that no second set of rules
 * is needed. Every provider takes what it is given; what is unknown stays so.
 */
export function playAhead(start: RouteFacts, from: Instant, configured: ConfiguredChannels): ForeseenLife {
  let facts = { ...start, notifications: start.notifications.map(neverLookedUp) }
  let now = from
  const ended: Foreseen[] = []
  for (let step = 0; step < mostSteps; step++) {
    const plan = planRoute(facts, now, configured)
    const current = { ...facts, stops: plan.progress.stops, route: { ...facts.route, status: plan.progress.status } }
    const ending = plan.planned.filter((planned) => planned.decision.action === 'suppress' || isDue(planned, now))
    const coming = ending.map((planned): Foreseen => {
      const message = messageOrNothing(current, planned.subject, planned.decision.window)
      return { ...planned, message, held: planned.subject.notification?.status === 'held', facts: current }
    })
    ended.push(...coming)
    const unwritten = new Set(coming.filter(({ message }) => message === null).map(({ subject }) => subject))
    facts = { ...current, notifications: carriedOut(facts, plan.planned, unwritten, now) }

    const sent = ending.some((planned) => isDue(planned, now))
    const idle = plan.planned.length === ending.length
    const waits = settlesAt(facts, now) !== null || plan.progress.undecidedUntil !== null
    if (!sent && ((idle && !waits) || plan.wakeAt === null)) break
    // What was sent may have made something else owed at this very moment.
    if (!sent && plan.wakeAt !== null) now = Math.max(now, plan.wakeAt)
  }
  return { ended, facts, now }
}

/** The stop's part of a route, at which somebody reports `kind` at `at`: no other stop has to do with it. */
export function reported(facts: RouteFacts, stop: StopRecord, kind: VisitEventKind, at: Instant): RouteFacts {
  const report = { id: 0, stopId: stop.stopId, kind, occurredAt: at, judgedAt: at, accuracyMeters: null }
  const own = aloneWith(facts, stop)
  return { ...own, visitEvents: [...own.visitEvents, report] }
}

/** The facts of one stop, and of the whole route. */
export function aloneWith(facts: RouteFacts, { stopId }: StopRecord): RouteFacts {
  return {
    ...facts,
    stops: facts.stops.filter((stop) => stop.stopId === stopId),
    visitEvents: facts.visitEvents.filter((event) => event.stopId === stopId),
    notifications: facts.notifications.filter((row) => row.stopId === stopId || row.stopId === null),
  }
}

/** The notifications after a plan has been written and what was due has been sent. */
function carriedOut(
  { notifications, route }: RouteFacts,
  planned: Planned[],
  unwritten: Set<Subject>,
  now: Instant,
): NotificationRecord[] {
  const last = Math.max(0, ...notifications.map(({ sequence }) => sequence))
  const written = planned.map((each, index) => {
    const record = afterDecision(each, route.confirmation, last + 1 + index, now)
    if (!isDue(each, now)) return record
    return unwritten.has(each.subject)
      ? { ...record, status: 'failed' as const, reason: 'content_refused' }
      : taken(record, now)
  })
  const replaced = new Set(planned.map(({ subject }) => subject.notification?.id))
  return [...notifications.filter(({ id }) => !replaced.has(id)), ...written]
}

function taken(record: NotificationRecord, at: Instant): NotificationRecord {
  const lastAttempt = { number: (record.lastAttempt?.number ?? 0) + 1, at, outcome: 'accepted' as const, retryAt: null }
  return { ...record, status: record.channel === 'email' ? 'sent' : 'accepted', lastAttempt }
}

/** As if every look-up had been made: nobody can foresee what one finds. */
function neverLookedUp(notification: NotificationRecord): NotificationRecord {
  return { ...notification, lookUps: Number.MAX_SAFE_INTEGER }
}
