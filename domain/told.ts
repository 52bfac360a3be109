import type { NotificationRecord } from './facts'
import type { Window } from './schedule/toldWindow'

/** A notification that will still be sent: planned, held, or to be tried again. */
export function isOpen({ status, channel, lastAttempt }: NotificationRecord): boolean {
  if (status === 'planned' || status === 'held') return true
  if (status !== 'sending') return false
  // An email whose outcome is unknown is sent again under its Message-ID, which mailboxes fold into one mail. A text never is.
  return lastAttempt?.outcome === 'try_later' || (channel === 'email' && lastAttempt?.outcome !== 'accepted')
}

/** A text of which nobody knows whether it went out: to be looked up at the provider. */
export function isUnknown({ status, channel, lastAttempt }: NotificationRecord): boolean {
  return channel === 'sms' && (status === 'unknown' || (status === 'sending' && lastAttempt?.outcome === null))
}

/** A notification that the customer has, or may have. */
export function wasTold(notification: NotificationRecord): boolean {
  const { status } = notification
  if (status === 'sending') return !isOpen(notification)
  return status === 'accepted' || status === 'sent' || status === 'delivered' || status === 'unknown'
}

/** What one recipient of a stop was last told about when to expect the truck. */
export interface Told {
  window: Window
  /** The notification's place in the order of planning. */
  sequence: number
}

/**
 * The told window of one recipient of a stop, from the notifications to that recipient; null if they were told none, or
 * if the last they heard is that the visit is cancelled.
 */
export function toldOf(notifications: NotificationRecord[]): Told | null {
  let last: NotificationRecord | null = null
  for (const notification of notifications) {
    const plan =
      notification.event === 'confirmed' || notification.event === 'updated' || notification.event === 'cancelled'
    if (plan && wasTold(notification) && (last === null || last.sequence < notification.sequence)) last = notification
  }
  if (last === null || last.event === 'cancelled' || last.window === null) return null
  return { window: last.window, sequence: last.sequence }
}
