import type { NotificationRecord } from './facts'
import { isUnknown } from './told'
import type { Instant } from './words'

/** When an unknown outcome is looked up at the provider, in milliseconds after the attempt ("Delivery"). */
const lookUpDelays = [30_000, 120_000, 600_000]

/** After so many it is known what can be known. */
export const lookUpsAtMost = lookUpDelays.length

/** When a text of which nobody knows whether it went out is to be looked up next; null if never (again). */
export function lookUpDueAt(notification: NotificationRecord): Instant | null {
  const { lastAttempt, lookUps } = notification
  return isUnknown(notification) && lastAttempt !== null ? nextLookUpAt(lastAttempt.at, lookUps) : null
}

/** When the look-up after `lookUps` of them is due; null after the last. */
export function nextLookUpAt(attemptedAt: Instant, lookUps: number): Instant | null {
  const delay = lookUpDelays[lookUps]
  return delay === undefined ? null : attemptedAt + delay
}

/** Whether this look-up is the last: what is not found by then is not at the provider. */
export function isLastLookUp(notification: Pick<NotificationRecord, 'lookUps'>): boolean {
  return notification.lookUps >= lookUpDelays.length - 1
}

/** When the first `lookUps` of them were due. */
export function lookUpMoments(attemptedAt: Instant, lookUps: number): Instant[] {
  return lookUpDelays.slice(0, lookUps).map((delay) => attemptedAt + delay)
}
