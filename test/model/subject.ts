import type { Event } from '../../domain/words'
import { minute } from './clock'
import type { Entry } from './log'
import type { Person } from './people'
import { arrivalMayBeTold, changeDue, confirmationDue, permitted, twelveHours, type Window, windowOf } from './rules'
import { type State, type StopState, settling } from './state'
import type { Visit } from './visits'

/** One message that may be owed, with all that decides about it. */
export interface Subject {
  state: State
  status: 'planned' | 'confirmed' | 'in_progress' | 'completed' | 'cancelled'
  stop: StopState
  /** Where the stop has come to. */
  visit: Visit
  /** What the reports about it say, also once it has been taken off the route. */
  reported: Visit
  event: Event
  person: Person
  told: { window: Window; order: number } | null
  /** Some row still names the person for this event. */
  listed: boolean
  /** The contracts through which the person was told are no longer of the stop. */
  dropped: boolean
  now: number
}

/** When a message goes; or that it never will, with the reason. */
export type Timing =
  | { at: number; window: Window }
  | { never: 'stale' | 'quiet_hours'; byQuietHours: boolean; window: Window }

export const isSettling = ({ editedAt }: State, now: number) => now < editedAt + settling

export function hasMoved({ scheduledAt }: StopState, { start, end }: Window): boolean {
  return scheduledAt < start || scheduledAt > end
}

export function isPending(visit: Visit): boolean {
  return visit.arrivedAt === null && visit.departedAt === null && !visit.skipped
}

/** Whether there has been occasion for the message: from then on there is either a message or a reason. */
export function hasOccasion(subject: Subject): boolean {
  const { state, status, stop, visit, reported, event, told, dropped, now } = subject
  const live = status === 'confirmed' || status === 'in_progress'
  switch (event) {
    case 'confirmed':
      return state.confirmations > 0 && !stop.removed && told === null
    case 'arrived':
      return visit.arrivedAt !== null && visit.arrivalReported
    case 'departed':
      return visit.departedAt !== null
    case 'updated':
      return (
        live &&
        !stop.removed &&
        !isSettling(state, now) &&
        isPending(visit) &&
        told !== null &&
        hasMoved(stop, told.window)
      )
    case 'cancelled': {
      // A route is cancelled at once; a removal is an edit, which may be taken back while edits are collected.
      const removed = (stop.removed || dropped) && status !== 'planned' && !isSettling(state, now)
      return (status === 'cancelled' || removed) && told !== null && isPending(reported)
    }
  }
}

/** Why the message is not called for, or no longer; null if it is. */
export function whyWithdrawn(subject: Subject): 'cancelled' | 'not_confirmed' | 'superseded' | null {
  const { status, stop, visit, event, person, told, listed, dropped } = subject
  if (!listed) return 'cancelled'
  if (event === 'cancelled') {
    if (status === 'planned') return 'not_confirmed'
    if (status !== 'cancelled' && !stop.removed && !dropped) return 'superseded'
    return person.internal || told !== null ? null : 'superseded'
  }
  const skipped = visit.skipped && visit.arrivedAt === null
  if (status === 'cancelled' || stop.removed || skipped) return 'cancelled'
  if (status === 'planned') return 'not_confirmed'
  if (event === 'confirmed') return visit.arrivedAt !== null || told !== null ? 'superseded' : null
  // The page is silent; the engine's decision: a departure tells of the whole visit, an arrival that goes after it is no news.
  if (event === 'arrived') return visit.departedAt !== null ? 'superseded' : null
  if (event === 'departed') return null
  const stays = !person.internal && (told === null || !hasMoved(stop, told.window))
  return visit.arrivedAt !== null || stays ? 'superseded' : null
}

/** Whether there is more to say than `last` said, or could not say. */
export function hasNews({ state, stop, event, told, now }: Subject, last: Entry): boolean {
  const window = windowOf(state.settings, stop.kind, stop.scheduledAt)
  const sameWindow = last.window !== null && last.window.start === window.start && last.window.end === window.end
  switch (event) {
    case 'confirmed': {
      // "Confirming again: who was not told gets `confirmed`"; told and then cancelled, and the stop is back; or it was too late, and the stop moved.
      const movedFromTooLate = last.result === 'stale' && !sameWindow && !isSettling(state, now)
      return last.result === 'sent' || last.confirmation < state.confirmations || movedFromTooLate
    }
    case 'updated':
      return told !== null && (last.order < told.order || !sameWindow)
    case 'cancelled':
      // What a cancellation could not say is owed anew when the stop has been back since.
      return told !== null && (last.order < told.order || (last.result !== 'sent' && stop.addedAt > last.decidedAt))
    default:
      return false
  }
}

export function timingOf(subject: Subject): Timing {
  const { state, stop, visit, event, person, told, now } = subject
  const { settings } = state
  const zone = stop.timeZone ?? settings.timeZone
  // The company's own people are "not subject to quiet hours".
  const channel = person.internal ? 'email' : person.channel
  const planned = windowOf(settings, stop.kind, stop.scheduledAt)
  if (event === 'confirmed') return confirmationTiming(state, stop, channel, now)
  if (event === 'arrived' || event === 'departed') {
    const happenedAt = (event === 'arrived' ? visit.arrivedAt : visit.departedAt) ?? now
    const window = told?.window ?? planned
    const expected = told?.window ?? { start: stop.scheduledAt, end: stop.scheduledAt }
    if (channel === 'sms' && !arrivalMayBeTold(settings, zone, now, expected))
      return { never: 'quiet_hours', byQuietHours: true, window }
    if (now - happenedAt > settings.arrivals.maxEventAgeMinutes * minute)
      return { never: 'stale', byQuietHours: false, window }
    return { at: now, window }
  }
  const spoken = event === 'updated' ? planned : (told?.window ?? planned)
  const old = told?.window ?? spoken
  // The page is silent; the engine's decision: 12 hours after the windows, news of a change is of no use.
  if (now > Math.max(old.end, spoken.end) + twelveHours) return { never: 'stale', byQuietHours: false, window: spoken }
  const settled = event === 'updated' && isSettling(state, now) ? state.editedAt + settling : now
  return { at: changeDue(settings, zone, channel, settled, Math.min(old.start, spoken.start)), window: spoken }
}

/** A confirmation; what was due while nobody could send it is judged anew, as of now. */
export function confirmationTiming(state: State, stop: StopState, channel: Person['channel'], now: number): Timing {
  const { settings } = state
  const zone = stop.timeZone ?? settings.timeZone
  const window = windowOf(settings, stop.kind, stop.scheduledAt)
  const confirmedAt = Math.max(state.confirmedAt, stop.addedAt)
  const due = (channelOf: Person['channel']) =>
    confirmationDue(settings, zone, channelOf, state.serviceDate, confirmedAt, window)
  const { at: moment, latest } = due(channel)
  const settled = isSettling(state, now) ? state.editedAt + settling : 0
  const at = permitted(settings, zone, channel, Math.max(moment, settled))
  const late = (limit: number, unheld: number): Timing => ({ never: 'stale', byQuietHours: unheld <= limit, window })
  if (at > latest) return late(latest, Math.max(due('email').at, settled))
  if (now < at) return { at, window }
  const anew = permitted(settings, zone, channel, now)
  // The page is silent; the engine's decision: what is due by the last moment may go within its minute.
  const inItsMinute = anew === now && now < latest + minute
  return anew > latest && !inItsMinute ? late(latest, now) : { at: anew, window }
}
