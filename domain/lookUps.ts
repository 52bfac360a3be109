import type { NotificationRecord } from './facts'
import { isUnknown } from './told'
import type { Instant } from './words'

/** When an unknown outcome is looked up at the provider, in milliseconds after the attempt ("Delivery"). */
const lookUpDelays = [30_000, 120_000, 600_000]

/** When a text of which nobody knows whether it went out is to be looked up next; null if never (again). */
export function lookUpDueAt(notification: NotificationRecord): Instant | null {
  const delay = lookUpDelays[notification.lookUps]
  if (!isUnknown(notification) || notification.lastAttempt === null || delay === undefined) return null
  return notification.lastAttempt.at + delay
}

/** Whether this look-up is the last: what is not found by then is not at the provider. */
export function isLastLookUp(notification: Pick<NotificationRecord, 'lookUps'>): boolean {
  return notification.lookUps >= lookUpDelays.length - 1
}
