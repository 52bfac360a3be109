import type { NotificationRecord, RouteFacts, StopRecord } from './facts'
import { isOwed } from './owed'
import { internalRecipients, type Recipient, recipientKey, recipientsOf, sameCustomer } from './recipients'
import { isOpen, type Told, toldOf } from './told'
import { type Event, events, type Instant } from './words'

/** A notification that a route owes, or has planned and not sent: what a decision is about. */
export interface Subject {
  /** Null for an internal message about the whole route. */
  stop: StopRecord | null
  event: Event
  recipient: Recipient
  revision: number
  /** What the recipient was last told; an internal recipient with the stop's customers. */
  told: Told | null
  /** The planned notification; null for one that is owed and has no row yet. */
  notification: NotificationRecord | null
  /** False when the contract no longer names the recipient for this event. */
  listed: boolean
}

/** Every notification of the route that a decision is needed for: what is planned and unsent, and what is newly owed. */
export function subjectsOf(facts: RouteFacts, now: Instant): Subject[] {
  return [
    ...subjectsAbout(facts, null, 'confirmed', now),
    ...facts.stops.flatMap((stop) => events.flatMap((event) => subjectsAbout(facts, stop, event, now))),
  ]
}

/** One event at one stop (null: the company's people about the whole route), by recipient. */
function subjectsAbout(facts: RouteFacts, stop: StopRecord | null, event: Event, now: Instant): Subject[] {
  const ofStop = facts.notifications.filter(({ stopId }) => stopId === (stop?.stopId ?? null))
  const rows = ofStop.filter((row) => row.event === event)
  const recipients =
    stop === null
      ? internalRecipients(facts.settings, event, [])
      : recipientsOf(stop, event, facts.contracts, rows, facts.settings)
  const lastOf = latestByRecipient(rows)
  const listed = new Set(recipients.map(recipientKey))
  const unlisted = [...lastOf].filter(([key]) => !listed.has(key)).map(([, row]) => row)

  return [...recipients, ...unlisted].flatMap(({ channel, address, contractNumbers, internal }) => {
    const recipient = { channel, address, contractNumbers, internal }
    const last = lastOf.get(recipientKey(recipient)) ?? null
    const subject: Subject = {
      stop,
      event,
      recipient,
      revision: last?.revision ?? 1,
      told: stop === null ? null : toldTo(facts, stop, recipient, ofStop),
      notification: last,
      listed: listed.has(recipientKey(recipient)),
    }
    if (last !== null && isOpen(last)) return [subject]
    const next = { ...subject, revision: (last?.revision ?? 0) + 1, notification: null }
    return next.listed && isOwed(facts, next, last, now) ? [next] : []
  })
}

function latestByRecipient(rows: NotificationRecord[]): Map<string, NotificationRecord> {
  const latest = new Map<string, NotificationRecord>()
  for (const row of rows) {
    const known = latest.get(recipientKey(row))
    if (known === undefined || known.revision < row.revision) latest.set(recipientKey(row), row)
  }
  return latest
}

/** What a recipient knows of a stop: from their own messages, and an internal one from the customers' too. */
function toldTo(facts: RouteFacts, stop: StopRecord, recipient: Recipient, rows: NotificationRecord[]): Told | null {
  const own = sameCustomer(stop, facts.contracts, recipient)
  return toldOf(rows.filter((row) => own.has(recipientKey(row)) || (recipient.internal && !row.internal)))
}
