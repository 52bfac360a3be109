import type { NotificationRecord, RouteFacts, StopRecord } from './facts'
import type { Subject } from './subject'
import { hasMoved, isDoubtful, isForerunner, wasTold } from './told'
import type { SuppressionReason } from './words'

/** Why the plan does not call for a message, or no longer; null if it does. */
export function withdrawalOf(facts: RouteFacts, subject: Subject): SuppressionReason | null {
  const outdated = hasSuccessor(facts, subject) || hasArrivedAfterAll(facts.notifications, subject.notification)
  return withdrawalByPlan(facts, subject) ?? (outdated ? 'superseded' : null)
}

function withdrawalByPlan(facts: RouteFacts, subject: Subject): SuppressionReason | null {
  const { stop, event, recipient, told, listed } = subject
  const { status } = facts.route
  if (!listed) return 'cancelled'
  if (event === 'cancelled') return withdrawalOfCancellation(facts, subject)
  if (status === 'cancelled' || stop?.status === 'cancelled' || stop?.status === 'skipped') return 'cancelled'
  if (status === 'planned') return 'not_confirmed'
  if (stop === null) return withdrawalOfSummary(facts)
  switch (event) {
    case 'confirmed':
      return stop.arrivedAt !== null || told !== null || saysOtherwise(subject, stop) ? 'superseded' : null
    case 'arrived':
      return stop.departedAt !== null ? 'superseded' : null
    case 'departed':
      return null
    case 'updated': {
      const movedBack = !recipient.internal && (told === null || !hasMoved(stop, told.window))
      return stop.arrivedAt !== null || movedBack || saysOtherwise(subject, stop) ? 'superseded' : null
    }
  }
}

function withdrawalOfCancellation(
  facts: RouteFacts,
  { stop, recipient, told, dropped }: Subject,
): SuppressionReason | null {
  const { status } = facts.route
  if (status === 'planned') return 'not_confirmed'
  const stands = status === 'cancelled' || stop?.status === 'cancelled' || dropped
  // A customer whose confirmation turns out not to have reached them has nothing to cancel.
  return stands && (recipient.internal || told !== null) ? null : 'superseded'
}

/** The internal message about the whole route announces what is still to come. */
function withdrawalOfSummary({ stops }: RouteFacts): SuppressionReason | null {
  if (stops.some(({ status }) => status === 'pending')) return null
  return stops.some(({ status }) => status === 'arrived' || status === 'departed') ? 'superseded' : 'cancelled'
}

/** An email that may have gone out names a window that no longer holds: an `updated` has to say so, not the same mail again. */
function saysOtherwise({ notification }: Subject, stop: StopRecord): boolean {
  return notification?.window != null && isDoubtful(notification) && hasMoved(stop, notification.window)
}

/**
 * A text that seemed to be out, and was not, while a later one to the recipient has been planned: the stop had been taken
 * off the route, which the recipient was told, and came back.
 */
function hasSuccessor({ notifications }: RouteFacts, { notification }: Subject): boolean {
  return notification !== null && notifications.some((other) => isForerunner(notification, other))
}

/** A message that a person sends again, when one of unknown outcome that it stands in for turns out to have gone out. */
function hasArrivedAfterAll(notifications: NotificationRecord[], notification: NotificationRecord | null): boolean {
  if (notification === null || notification.resentAt === null) return false
  const { revision } = notification
  const before = notifications.find((other) => isForerunner(other, notification) && other.revision === revision - 1)
  if (before === undefined) return false
  return (before.status !== 'unknown' && wasTold(before)) || hasArrivedAfterAll(notifications, before)
}
