import type { NotificationRecord, RouteFacts, StopRecord } from './facts'
import { formerCustomers, withFormerContracts } from './formerCustomers'
import { isOwed, mayHaveOccasion } from './owed'
import { internalRecipients, type Recipient, recipientKey, recipientsOf, sameCustomer } from './recipients'
import type { Subject } from './subject'
import { isForerunner, isOpen, type Told, toldOf } from './told'
import { type Event, events, type Instant } from './words'

/** Every notification of the route that a decision is needed for: what is planned and unsent, and what is newly owed. */
export function subjectsOf(facts: RouteFacts, now: Instant): Subject[] {
  const byStop = groupedBy(facts.notifications, ({ stopId }) => stopId)
  const about = (stop: StopRecord | null, event: Event) =>
    subjectsAbout(facts, stop, byStop.get(stop?.stopId ?? null) ?? [], event, now)
  return [...about(null, 'confirmed'), ...facts.stops.flatMap((stop) => events.flatMap((event) => about(stop, event)))]
}

/** One event at one stop (null: the company's people about the whole route), by recipient. `ofStop`: what is planned of it. */
function subjectsAbout(
  facts: RouteFacts,
  stop: StopRecord | null,
  ofStop: NotificationRecord[],
  event: Event,
  now: Instant,
): Subject[] {
  const rows = ofStop.filter((row) => row.event === event)
  if (stop !== null && rows.length === 0 && !mayHaveOccasion(stop, event, ofStop)) return []
  const former = stop !== null && event === 'cancelled' ? formerCustomers(facts, stop, ofStop) : []
  const dropped = new Set(former.map(recipientKey))
  const rowsOf = byRecipient(rows)
  /** Of a cancellation those hear, too, who were told through a contract that is no more the stop's. */
  const at = stop !== null && event === 'cancelled' ? withFormerContracts(stop, ofStop) : stop
  /** What the recipient would be told next, and whether that is owed. */
  const nextTo = (recipient: Recipient, listed: boolean) => {
    const last = rowsOf.get(recipientKey(recipient))?.at(-1) ?? null
    const told = at === null ? null : toldTo(facts, at, event, recipient, ofStop)
    const next: Subject = {
      stop,
      event,
      recipient,
      revision: (last?.revision ?? 0) + 1,
      told,
      notification: null,
      listed,
      dropped: !recipient.internal && dropped.has(recipientKey(recipient)),
    }
    const mayFollow = listed && (last === null || !isOpen(last))
    return { next, owed: mayFollow && isOwed(facts, next, last, now) }
  }

  const present =
    stop === null
      ? internalRecipients(facts.settings, event, [])
      : recipientsAt(facts, stop, event, rows, (text) => nextTo(text, true).owed)
  const colleagues = new Set(present.map(recipientKey))
  const recipients = [...present, ...former.filter((recipient) => !colleagues.has(recipientKey(recipient)))]
  const listed = new Set(recipients.map(recipientKey))
  const unlisted = [...rowsOf.values()].flatMap((own) => own.slice(-1)).filter((row) => !listed.has(recipientKey(row)))

  return [...recipients, ...unlisted].flatMap(({ channel, address, contractNumbers, internal }) => {
    const recipient = { channel, address, contractNumbers, internal }
    const { next, owed } = nextTo(recipient, listed.has(recipientKey(recipient)))
    const open = (rowsOf.get(recipientKey(recipient)) ?? []).filter(isOpen).map((row) => {
      const told = row.resentAt === null || stop === null ? next.told : toldBeside(row, ofStop)
      return { ...next, revision: row.revision, told, notification: row }
    })
    return owed ? [...open, next] : open
  })
}

/** Who is told of an event at a stop now. A text that is owed again has not failed yet, whatever became of it before. */
function recipientsAt(
  { contracts, settings }: RouteFacts,
  stop: StopRecord,
  event: Event,
  rows: NotificationRecord[],
  isOwedNow: (text: Recipient) => boolean,
): Recipient[] {
  const recipients = recipientsOf(stop, event, contracts, rows, settings)
  const standIn = stop.contractNumbers.some((number) =>
    contracts.get(number)?.deliveryNotifications.some(({ onlyIfTextFails }) => onlyIfTextFails),
  )
  if (!standIn) return recipients
  const texts = recipients.filter((recipient) => recipient.channel === 'sms' && isOwedNow(recipient))
  const again = new Set(texts.map(recipientKey))
  if (again.size === 0) return recipients
  const ended = rows.filter((row) => !again.has(recipientKey(row)))
  return recipientsOf(stop, event, contracts, ended, settings)
}

/** Notifications by recipient, each in the order of their revisions. */
function byRecipient(rows: NotificationRecord[]): Map<string, NotificationRecord[]> {
  const groups = groupedBy(rows, recipientKey)
  for (const own of groups.values()) own.sort((a, b) => a.revision - b.revision)
  return groups
}

function groupedBy<Key>(
  rows: NotificationRecord[],
  keyOf: (row: NotificationRecord) => Key,
): Map<Key, NotificationRecord[]> {
  const groups = new Map<Key, NotificationRecord[]>()
  for (const row of rows) {
    const others = groups.get(keyOf(row))
    if (others === undefined) groups.set(keyOf(row), [row])
    else others.push(row)
  }
  return groups
}

/**
 * What the recipient of a message that a person sends again knows without it: the revisions before it did not arrive, as
 * far as anybody knows, and what reached the customer in another way is no reason not to send it.
 */
function toldBeside(resent: NotificationRecord, rows: NotificationRecord[]): Told | null {
  const key = recipientKey(resent)
  return toldOf(
    rows.filter((row) => recipientKey(row) === key && !(isForerunner(row, resent) && row.status === 'unknown')),
  )
}

/** What a recipient of an event knows of a stop: from their own messages, and an internal one from the customers' too. */
function toldTo(
  facts: RouteFacts,
  stop: StopRecord,
  event: Event,
  recipient: Recipient,
  rows: NotificationRecord[],
): Told | null {
  const own = sameCustomer(stop, facts.contracts, recipient, event)
  return toldOf(rows.filter((row) => own.has(recipientKey(row)) || (recipient.internal && !row.internal)))
}
