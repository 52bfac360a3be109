import type { Instant } from './words'

/** Everything that happens to a running route reaches its workflow as one of these, through one signal. */
export const routeEventKinds = [
  'confirmed',
  'arrived',
  'departed',
  'planChanged',
  'unconfirmed',
  'cancelled',
  'resendAsked',
  'undelivered',
] as const
export type RouteEventKind = (typeof routeEventKinds)[number]

/**
 * A nudge, not a fact: the facts are in the database by the time it is sent, and the workflow reads them again. So a
 * nudge that comes twice, late or out of order does no harm. Carries no personal data.
 */
export interface RouteEvent {
  eventId: string
  kind: RouteEventKind
  stopId?: string
  /** As reported. */
  occurredAt?: Instant
  /** Who reported it: `driver`, a device's vendor, `dispatch`, or `task`. */
  source: string
}
