import type { RouteFacts, StopRecord } from './facts'
import { isLive, openAfterWindowMs, settlesAt, visitOf, windowOf } from './routeState'
import { toldOf } from './told'
import type { Instant, RouteStatus } from './words'

/** How far a route has come. */
export interface RouteProgress {
  stops: StopRecord[]
  status: RouteStatus
  /** When the next geofence entry will count as an arrival unless the truck leaves before; null if none is pending. */
  undecidedUntil: Instant | null
  /** When a route that nobody completes closes by itself; null for one that does not run. */
  closesAt: Instant | null
}

/**
 * Applies what was reported to a route's stops and to its status ("Arrived and departed"): in progress from the first
 * arrival, completed when every stop is departed, skipped or cancelled, or 12 hours after the last told window.
 */
export function routeProgress(facts: RouteFacts, now: Instant): RouteProgress {
  if (!isLive(facts))
    return { stops: asEnded(facts, now), status: facts.route.status, undecidedUntil: null, closesAt: null }

  let undecidedUntil: Instant | null = null
  const stops = facts.stops.map((stop) => {
    if (stop.status === 'cancelled') return stop
    const visit = visitOf(facts, stop, now)
    if (visit.undecidedUntil !== null)
      undecidedUntil = Math.min(undecidedUntil ?? visit.undecidedUntil, visit.undecidedUntil)
    return { ...stop, status: visit.status, arrivedAt: visit.arrivedAt, departedAt: visit.departedAt }
  })

  const closesAt = closingOf(facts, stops, now)
  const done = stops.every(({ status }) => status === 'departed' || status === 'skipped' || status === 'cancelled')
  // While edits are collected a removed stop may come back; while a truck dwells a skipped one may be an arrival.
  const certain = settlesAt(facts, now) === null && undecidedUntil === null
  const begun = facts.route.status === 'in_progress' || stops.some(({ arrivedAt }) => arrivedAt !== null)
  const status = (done && certain) || now >= closesAt ? 'completed' : begun ? 'in_progress' : 'confirmed'
  return { stops, status, undecidedUntil, closesAt }
}

/** The stops of a route that does not run. What was reported before it was cancelled happened, even if nobody looked since. */
function asEnded(facts: RouteFacts, now: Instant): StopRecord[] {
  if (facts.route.status !== 'cancelled') return facts.stops
  return facts.stops.map((stop) => (stop.status === 'cancelled' ? stop : asReported(facts, stop, now)))
}

function asReported(facts: RouteFacts, stop: StopRecord, now: Instant): StopRecord {
  const { status, arrivedAt, departedAt } = visitOf(facts, stop, now)
  return { ...stop, status, arrivedAt, departedAt }
}

/** 12 hours after the last window of a stop that is still on the route, and not sooner after it was confirmed. */
function closingOf(facts: RouteFacts, stops: StopRecord[], now: Instant): Instant {
  const remaining = stops.filter(({ status }) => status !== 'cancelled')
  // Of a route without stops those that were taken off: one of them may come back.
  const ends = (remaining.length > 0 ? remaining : stops).map((stop) => lastWindowEnd(facts, stop))
  return Math.max(facts.route.confirmedAt ?? now, ...ends) + openAfterWindowMs
}

function lastWindowEnd(facts: RouteFacts, stop: StopRecord): Instant {
  const told = toldOf(facts.notifications.filter(({ stopId }) => stopId === stop.stopId))
  return Math.max(told?.window.end ?? 0, windowOf(facts, stop).end)
}
