import type { NotificationRecord, StopRecord } from './facts'
import { recipientKey } from './recipients'
import type { Window } from './schedule/toldWindow'

/**
 * An email that may or may not have gone out: its outcome is unknown, or the worker died during the call. It is sent again
 * under its Message-ID, which mailboxes fold into one mail, as long as it says the same and is still true.
 */
export function isDoubtful({ status, channel, lastAttempt }: NotificationRecord): boolean {
  if (status !== 'sending' || channel !== 'email') return false
  return lastAttempt?.outcome === 'unknown' || lastAttempt?.outcome === null
}

/** A notification that will still be sent: planned, held, or to be tried again. A text of unknown outcome never is. */
export function isOpen(notification: NotificationRecord): boolean {
  const { status, lastAttempt } = notification
  if (status === 'planned' || status === 'held') return true
  return status === 'sending' && (lastAttempt?.outcome === 'try_later' || isDoubtful(notification))
}

/** A text of which nobody knows whether it went out: to be looked up at the provider. */
export function isUnknown({ status, channel, lastAttempt }: NotificationRecord): boolean {
  return channel === 'sms' && (status === 'unknown' || (status === 'sending' && lastAttempt?.outcome === null))
}

/** A notification that the customer has, or may have, and that is not sent again. */
export function wasTold(notification: NotificationRecord): boolean {
  const { status } = notification
  if (status === 'sending') return !isOpen(notification)
  return status === 'accepted' || status === 'sent' || status === 'delivered' || status === 'unknown'
}

/** Whether `other` is an earlier revision of the same message to the same recipient. */
export function isForerunner(other: NotificationRecord, of: NotificationRecord): boolean {
  const sameMessage = other.stopId === of.stopId && other.event === of.event
  return sameMessage && recipientKey(other) === recipientKey(of) && other.revision < of.revision
}

/** What a customer of a stop was last told about when to expect the truck. */
export interface Told {
  window: Window
  /** The notification's place in the order of planning. */
  sequence: number
}

/**
 * What these notifications of a stop told; null if nothing about when to expect the truck, or if the last of it was that
 * the visit is cancelled.
 */
export function toldOf(notifications: NotificationRecord[]): Told | null {
  let last: NotificationRecord | null = null
  for (const notification of notifications) {
    const plan =
      notification.event === 'confirmed' || notification.event === 'updated' || notification.event === 'cancelled'
    if (plan && wasTold(notification) && (last === null || isLater(notification, last))) last = notification
  }
  if (last === null || last.event === 'cancelled' || last.window === null) return null
  return { window: last.window, sequence: last.sequence }
}

/** Whether one went out after the other: a text that the night held is later news than an email planned after it. */
function isLater(one: NotificationRecord, other: NotificationRecord): boolean {
  const apart = (one.lastAttempt?.at ?? 0) - (other.lastAttempt?.at ?? 0)
  return apart > 0 || (apart === 0 && one.sequence > other.sequence)
}

/** A stop moved when its scheduled time left the window that the customer was told. Both ends belong to the window. */
export function hasMoved(stop: Pick<StopRecord, 'scheduledAt'>, told: Window): boolean {
  return stop.scheduledAt < told.start || stop.scheduledAt > told.end
}
