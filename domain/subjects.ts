import type { NotificationRecord, RouteFacts, StopRecord } from './facts'
import { internalRecipients, type Recipient, recipientKey, recipientsOf } from './recipients'
import { plannedWindow, type Window } from './schedule/toldWindow'
import { stopVisit } from './stopVisit'
import { isOpen, type Told, toldOf, wasTold } from './told'
import { type Event, events, type Instant } from './words'

/** A notification that a route owes, or has planned and not sent: what a decision is about. */
export interface Subject {
  /** Null for an internal message about the whole route. */
  stop: StopRecord | null
  event: Event
  recipient: Recipient
  revision: number
  /** What the recipient was last told; for an internal recipient, what the stop's customers were. */
  told: Told | null
  /** The planned notification; null for one that is owed and has no row yet. */
  notification: NotificationRecord | null
  /** False when the contract no longer names the recipient for this event. */
  listed: boolean
}

/** How long edits of a confirmed route are collected, so that a burst gives one message ("After the plan changes"). */
const settlingMs = 20_000

/** When the present burst of edits will have settled; null when nothing is being edited, or no more. */
export function settlesAt({ route }: Pick<RouteFacts, 'route'>, now: Instant): Instant | null {
  return route.editedAt !== null && route.editedAt + settlingMs > now ? route.editedAt + settlingMs : null
}

/** The window that the customers of a stop would be told now. */
export function windowOf(facts: RouteFacts, stop: StopRecord): Window {
  return plannedWindow(stop, facts.settings.etaBuffer, facts.settings.timeZone)
}

/** Every notification of the route that a decision is needed for: what is planned and unsent, and what is newly owed. */
export function subjectsOf(facts: RouteFacts, now: Instant): Subject[] {
  return [...routeSubjects(facts), ...facts.stops.flatMap((stop) => stopSubjects(facts, stop, now))]
}

/** The internal messages about the whole route: one for each of the company's people who is told of `confirmed`. */
function routeSubjects(facts: RouteFacts): Subject[] {
  const rows = facts.notifications.filter(({ stopId }) => stopId === null)
  const people = internalRecipients(facts.settings, 'confirmed', [])
  return collect({
    facts,
    stop: null,
    event: 'confirmed',
    recipients: people,
    rows,
    told: () => null,
    owes: (_, last) => mayConfirm(facts, last),
  })
}

function stopSubjects(facts: RouteFacts, stop: StopRecord, now: Instant): Subject[] {
  const rows = facts.notifications.filter(({ stopId }) => stopId === stop.stopId)
  const toCustomers = toldOf(rows.filter(({ internal }) => !internal))
  const told = (recipient: Recipient) =>
    recipient.internal ? toCustomers : toldOf(rows.filter((row) => recipientKey(row) === recipientKey(recipient)))

  return events.flatMap((event) => {
    const eventRows = rows.filter((row) => row.event === event)
    const recipients = recipientsOf(stop, event, facts.contracts, eventRows, facts.settings)
    const owes = (recipient: Recipient, last: NotificationRecord | null) =>
      owed(facts, stop, event, told(recipient), last, now)
    return collect({ facts, stop, event, recipients, rows: eventRows, told, owes })
  })
}

interface Collection {
  facts: RouteFacts
  stop: StopRecord | null
  event: Event
  recipients: Recipient[]
  rows: NotificationRecord[]
  told(recipient: Recipient): Told | null
  owes(recipient: Recipient, last: NotificationRecord | null): boolean
}

function collect({ stop, event, recipients, rows, told, owes }: Collection): Subject[] {
  const listed = new Map(recipients.map((recipient) => [recipientKey(recipient), recipient]))
  const lastOf = new Map<string, NotificationRecord>()
  for (const row of rows) {
    const known = lastOf.get(recipientKey(row))
    if (known === undefined || known.revision < row.revision) lastOf.set(recipientKey(row), row)
  }
  const subjects: Subject[] = []
  for (const [key, recipient] of listed) {
    const last = lastOf.get(key) ?? null
    const common = { stop, event, recipient, told: told(recipient), listed: true }
    if (last !== null && isOpen(last)) subjects.push({ ...common, revision: last.revision, notification: last })
    else if (owes(recipient, last))
      subjects.push({ ...common, revision: (last?.revision ?? 0) + 1, notification: null })
  }
  for (const [key, last] of lastOf) {
    if (listed.has(key) || !isOpen(last)) continue
    const { channel, address, contractNumbers, internal, revision } = last
    const recipient = { channel, address, contractNumbers, internal }
    subjects.push({ stop, event, recipient, told: told(recipient), listed: false, revision, notification: last })
  }
  return subjects
}

/** Whether a recipient is owed a message for which there is no open notification; `last` is the latest ended one. */
function owed(
  facts: RouteFacts,
  stop: StopRecord,
  event: Event,
  told: Told | null,
  last: NotificationRecord | null,
  now: Instant,
): boolean {
  const settled = settlesAt(facts, now) === null
  const cancelled = facts.route.status === 'cancelled' || stop.status === 'cancelled'
  switch (event) {
    case 'confirmed':
      return stop.status === 'pending' && told === null && mayConfirm(facts, last)
    case 'arrived':
      return last === null && stop.arrivedAt !== null && arrivalWasReported(facts, stop, now)
    case 'departed':
      return last === null && stop.departedAt !== null
    case 'updated': {
      if (!isLive(facts) || stop.status !== 'pending' || told === null || !settled) return false
      return hasMoved(stop, told.window) && !alreadySaid(last, told, windowOf(facts, stop))
    }
    case 'cancelled': {
      // A route is cancelled at once; a removed stop is an edit, which may be taken back while edits are collected.
      const certain = facts.route.status === 'cancelled' || (facts.route.status !== 'planned' && settled)
      const wasPending = stop.arrivedAt === null && stop.status !== 'skipped'
      return cancelled && certain && wasPending && told !== null && (last === null || last.sequence < told.sequence)
    }
  }
}

/** Whether a route runs: it is confirmed or on its way. */
export function isLive({ route }: RouteFacts): boolean {
  return route.status === 'confirmed' || route.status === 'in_progress'
}

/** A stop moved when its scheduled time left the window that the customer was told. */
export function hasMoved(stop: StopRecord, told: Window): boolean {
  return stop.scheduledAt < told.start || stop.scheduledAt > told.end
}

/**
 * Whether a confirmation may be planned after `last`: there was none, it was withdrawn, it did not reach the recipient and
 * the route has been confirmed again since, or it did and was taken back by a cancellation (the caller knows).
 */
function mayConfirm(facts: RouteFacts, last: NotificationRecord | null): boolean {
  if (!isLive(facts)) return false
  if (last === null) return true
  if (wasTold(last)) return last.stopId !== null
  const withdrawn = last.reason === 'cancelled' || last.reason === 'not_confirmed'
  return withdrawn || last.confirmation < facts.route.confirmation
}

/** Whether an `updated` that did not reach the recipient has been decided for this very window: it is not tried again. */
function alreadySaid(last: NotificationRecord | null, told: Told, window: Window): boolean {
  if (last === null || last.sequence < told.sequence || last.window === null) return false
  return last.window.start === window.start && last.window.end === window.end
}

function arrivalWasReported(facts: RouteFacts, stop: StopRecord, now: Instant): boolean {
  const events = facts.visitEvents.filter(({ stopId }) => stopId === stop.stopId)
  return stopVisit(stop, events, facts.settings.arrivals.dwellSeconds * 1000, now).arrivalReported
}
