import type { NotificationRecord } from './facts'
import { isDoubtful } from './told'
import { type NotificationStatus, notificationStatuses } from './words'

/** What may follow on what: status only moves forward ("Delivery"). A receipt may come before the call's own answer. */
const successors: Record<NotificationStatus, readonly NotificationStatus[]> = {
  planned: ['held', 'sending', 'suppressed'],
  held: ['sending', 'suppressed'],
  sending: ['accepted', 'sent', 'delivered', 'undelivered', 'failed', 'unknown', 'suppressed'],
  unknown: ['accepted', 'sent', 'delivered', 'undelivered', 'failed'],
  accepted: ['sent', 'delivered', 'undelivered', 'failed'],
  sent: ['delivered', 'undelivered', 'failed'],
  delivered: [],
  undelivered: [],
  failed: [],
  suppressed: [],
}

/** Whether a notification may move from one status to another. */
export function mayBecome(from: NotificationStatus, to: NotificationStatus): boolean {
  return successors[from].includes(to)
}

/** The statuses from which a notification may move to `status`. */
export function predecessorsOf(status: NotificationStatus): NotificationStatus[] {
  return notificationStatuses.filter((from) => mayBecome(from, status))
}

/**
 * The status of a notification after a decision about it; `before` is null for a new one. What was held stays held until
 * it goes, and what was tried stays `sending`. Nobody may say of an email of unknown outcome that it was not sent: when it
 * is no longer to be sent again, it is `unknown`.
 */
export function statusAfter(
  before: NotificationRecord | null,
  action: 'send' | 'hold' | 'suppress',
): NotificationStatus {
  if (action === 'suppress') return before !== null && isDoubtful(before) ? 'unknown' : 'suppressed'
  const status = before?.status ?? 'planned'
  return action === 'hold' && mayBecome(status, 'held') ? 'held' : status
}
