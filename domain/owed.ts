import type { NotificationRecord, RouteFacts, StopRecord } from './facts'
import { isLive, settlesAt, visitOf, windowOf } from './routeState'
import type { Window } from './schedule/toldWindow'
import type { Subject } from './subject'
import { hasMoved, wasTold } from './told'
import { withdrawalOf } from './withdrawal'
import type { Event, Instant } from './words'

/**
 * Whether a message is owed that has no open notification; `last` is the latest ended one to the recipient. The first time
 * it is owed whenever there was occasion for it, so that a non-send too has a notification with its reason. After that
 * only while the plan calls for it, and if it was withdrawn before or there is something new to say: so a plan that is
 * carried out comes to rest.
 */
export function isOwed(facts: RouteFacts, subject: Subject, last: NotificationRecord | null, now: Instant): boolean {
  const { stop } = subject
  if (stop === null ? !wasEverConfirmed(facts) : !hasOccasion(facts, { ...subject, stop }, now)) return false
  if (last === null) return true
  return withdrawalOf(facts, subject) === null && (last.withdrawn || hasNews(facts, subject, last, now))
}

/**
 * Whether there can be occasion for a message about an event to anybody, by what was planned about the stop so far; mostly
 * there is none, and nobody's case needs to be looked at.
 */
export function mayHaveOccasion(stop: StopRecord, event: Event, ofStop: NotificationRecord[]): boolean {
  if (event === 'confirmed') return true
  if (event === 'arrived') return stop.arrivedAt !== null
  if (event === 'departed') return stop.departedAt !== null
  return ofStop.some(wasTold)
}

/** Whether what the event is about has happened, as far as the recipient is concerned. */
function hasOccasion(
  facts: RouteFacts,
  { stop, event, told, dropped }: Subject & { stop: StopRecord },
  now: Instant,
): boolean {
  const { status } = facts.route
  const settled = settlesAt(facts, now) === null
  switch (event) {
    case 'confirmed':
      return wasEverConfirmed(facts) && stop.status !== 'cancelled' && told === null
    case 'arrived':
      return stop.arrivedAt !== null && visitOf(facts, stop, now).arrivalReported
    case 'departed':
      return stop.departedAt !== null
    case 'updated':
      return isLive(facts) && settled && stop.status === 'pending' && told !== null && hasMoved(stop, told.window)
    case 'cancelled': {
      // A route is cancelled at once; what is taken off is an edit, which may be taken back while edits are collected.
      const gone = stop.status === 'cancelled' || dropped
      const certain = status === 'cancelled' || (gone && status !== 'planned' && settled)
      return certain && told !== null && visitOf(facts, stop, now).status === 'pending'
    }
  }
}

/** Also one that was taken back or cancelled before anybody looked: its customers hear nothing, and that has a reason. */
function wasEverConfirmed({ route }: RouteFacts): boolean {
  return route.confirmation > 0
}

/** Whether there is more to say than `last`, which was sent or could not be, has said. */
function hasNews(facts: RouteFacts, { stop, event, told }: Subject, last: NotificationRecord, now: Instant): boolean {
  const confirmedSince = last.confirmation < facts.route.confirmation
  if (stop === null) return !wasTold(last) && confirmedSince
  const window = windowOf(facts, stop)
  switch (event) {
    case 'confirmed': {
      // That the recipient has it and yet was told nothing means that a cancellation took it back, and the stop is back.
      const cameTooLate = last.reason === 'stale' && settlesAt(facts, now) === null
      return wasTold(last) || confirmedSince || (cameTooLate && !isSame(last.window, window))
    }
    case 'arrived':
    case 'departed':
      return false
    case 'updated':
      return told !== null && (last.sequence < told.sequence || !isSame(last.window, window))
    case 'cancelled':
      return told !== null && (last.sequence < told.sequence || (!wasTold(last) && hasReturnedSince(stop, last)))
  }
}

/** Whether the stop was on the route again after that cancellation of it: what it could not say is owed anew. */
function hasReturnedSince({ addedAt }: StopRecord, { decidedAt }: NotificationRecord): boolean {
  return addedAt !== null && decidedAt !== null && addedAt > decidedAt
}

function isSame(one: Window | null, other: Window): boolean {
  return one !== null && one.start === other.start && one.end === other.end
}
