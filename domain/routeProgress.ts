import type { RouteFacts, StopRecord } from './facts'
import { stopVisit } from './stopVisit'
import { isLive, settlesAt, windowOf } from './subjects'
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

const closesAfterMs = 12 * 3_600_000

/**
 * Applies what was reported to a route's stops and to its status ("Arrived and departed"): in progress from the first
 * arrival, completed when every stop is departed, skipped or cancelled, or 12 hours after the last told window.
 */
export function routeProgress(facts: RouteFacts, now: Instant): RouteProgress {
  if (!isLive(facts)) return { stops: facts.stops, status: facts.route.status, undecidedUntil: null, closesAt: null }

  let undecidedUntil: Instant | null = null
  const stops = facts.stops.map((stop) => {
    if (stop.status === 'cancelled') return stop
    const events = facts.visitEvents.filter(({ stopId }) => stopId === stop.stopId)
    const visit = stopVisit(stop, events, facts.settings.arrivals.dwellSeconds * 1000, now)
    if (visit.undecidedUntil !== null)
      undecidedUntil = Math.min(undecidedUntil ?? visit.undecidedUntil, visit.undecidedUntil)
    return { ...stop, status: visit.status, arrivedAt: visit.arrivedAt, departedAt: visit.departedAt }
  })

  const closesAt = Math.max(...stops.map((stop) => lastWindowEnd(facts, stop))) + closesAfterMs
  const done = stops.every(({ status }) => status === 'departed' || status === 'skipped' || status === 'cancelled')
  // While edits are collected a removed stop may come back.
  const settled = settlesAt(facts, now) === null
  const begun = facts.route.status === 'in_progress' || stops.some(({ arrivedAt }) => arrivedAt !== null)
  const status = (done && settled) || now >= closesAt ? 'completed' : begun ? 'in_progress' : 'confirmed'
  return { stops, status, undecidedUntil, closesAt }
}

function lastWindowEnd(facts: RouteFacts, stop: StopRecord): Instant {
  const told = toldOf(facts.notifications.filter(({ stopId }) => stopId === stop.stopId))
  return Math.max(told?.window.end ?? 0, windowOf(facts, stop).end)
}
