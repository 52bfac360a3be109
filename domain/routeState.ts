import type { RouteFacts, StopRecord } from './facts'
import { plannedWindow, type Window } from './schedule/toldWindow'
import { type StopVisit, stopVisit } from './stopVisit'
import type { Instant } from './words'

/** How long edits of a confirmed route are collected, so that a burst gives one message ("After the plan changes"). */
const settlingMs = 20_000

/** When the present burst of edits will have settled; null when nothing is being edited, or no more. */
export function settlesAt({ route }: Pick<RouteFacts, 'route'>, now: Instant): Instant | null {
  return route.editedAt !== null && route.editedAt + settlingMs > now ? route.editedAt + settlingMs : null
}

/** How long after a window news about it is of use, and a route that nobody completes stays open ("Arrived and departed"). */
export const openAfterWindowMs = 12 * 3_600_000

/** Whether a route runs: it is confirmed or on its way. */
export function isLive({ route }: Pick<RouteFacts, 'route'>): boolean {
  return route.status === 'confirmed' || route.status === 'in_progress'
}

/** The window that the customers of a stop would be told now. */
export function windowOf({ settings }: Pick<RouteFacts, 'settings'>, stop: StopRecord): Window {
  return plannedWindow(stop, settings.etaBuffer, settings.timeZone)
}

/** What the reports about a stop amount to, also of one that has been taken off the route. */
export function visitOf(facts: RouteFacts, stop: StopRecord, now: Instant): StopVisit {
  const reports = facts.visitEvents.filter(({ stopId }) => stopId === stop.stopId)
  return stopVisit(stop, reports, facts.settings.arrivals.dwellSeconds * 1000, now)
}
