import type { ContractRecord, NotificationRecord, StopRecord } from './facts'
import type { Settings } from './settings'
import type { Channel, DeliveryNotification, Event } from './words'

/** One address that is told of one event, with all its contracts at the stop: they share one message. */
export interface Recipient {
  channel: Channel
  address: string
  /** In the order of the stop; the first one's fields fill the message. Empty for an internal recipient of a route. */
  contractNumbers: string[]
  /** A person of the company: not subject to quiet hours or opt-out. */
  internal: boolean
}

/** The text under which an address is known in opt-outs: `sms:+15125550100`, `email:joe@example.com`. */
export function recipientKey(recipient: { channel: Channel; address: string }): string {
  return `${recipient.channel}:${recipient.address}`
}

/**
 * Who is told of an event at a stop ("Who is told"): the addresses in the delivery notifications of the stop's
 * contracts that are ticked for it, each once, then the company's own people. An email that is only for when the
 * text fails counts for the contracts whose texts (`notifications` of this stop and event) have failed.
 */
export function recipientsOf(
  stop: StopRecord,
  event: Event,
  contracts: Map<string, ContractRecord>,
  notifications: NotificationRecord[],
  settings: Settings,
): Recipient[] {
  const found = new Map<string, Recipient>()
  for (const number of stop.contractNumbers) {
    for (const row of contracts.get(number)?.deliveryNotifications ?? []) {
      if (!row.events.includes(event)) continue
      if (row.onlyIfTextFails && !textFailed(contracts.get(number), event, notifications)) continue
      const recipient = { channel: row.method, address: row.address, contractNumbers: [number], internal: false }
      const known = found.get(recipientKey(recipient))
      if (known === undefined) found.set(recipientKey(recipient), recipient)
      else if (!known.contractNumbers.includes(number)) known.contractNumbers.push(number)
    }
  }
  // The company's people hear of a confirmed route once, not once a stop.
  if (event !== 'confirmed') {
    for (const recipient of internalRecipients(settings, event, stop.contractNumbers)) {
      if (!found.has(recipientKey(recipient))) found.set(recipientKey(recipient), recipient)
    }
  }
  return [...found.values()]
}

/** The company's own people who are told of an event. */
export function internalRecipients(settings: Settings, event: Event, contractNumbers: string[]): Recipient[] {
  return settings.internalRecipients
    .filter((person) => person.events.includes(event))
    .map(({ method, address }) => ({ channel: method, address, contractNumbers, internal: true }))
}

/** Whether a customer is told of an event only because a text did not reach them. */
export function isStandIn(
  stop: StopRecord,
  contracts: Map<string, ContractRecord>,
  recipient: Recipient,
  event: Event,
): boolean {
  if (recipient.internal) return false
  const own = stop.contractNumbers
    .flatMap((number) => contracts.get(number)?.deliveryNotifications ?? [])
    .filter((row) => row.events.includes(event) && keyOf(row) === recipientKey(recipient))
  return own.length > 0 && own.every(({ onlyIfTextFails }) => onlyIfTextFails)
}

/**
 * The addresses at which a recipient's customer is reached of an event, as `recipientKey`s: the text and the email that is
 * only for when it fails go to the same person, who knows from the one what the other does not repeat. An email that a row
 * of the stop lists for the event in its own right stands in for nobody: it is told whatever a text has said, and a text
 * whatever it has.
 */
export function sameCustomer(
  stop: StopRecord,
  contracts: Map<string, ContractRecord>,
  recipient: { channel: Channel; address: string },
  event: Event,
): Set<string> {
  const own = recipientKey(recipient)
  const keys = new Set([own])
  const rowsOf = stop.contractNumbers.map((number) => contracts.get(number)?.deliveryNotifications ?? [])
  const all = rowsOf.flat()
  if (!all.some(({ onlyIfTextFails }) => onlyIfTextFails)) return keys
  const inOwnRight = new Set(all.filter((row) => !row.onlyIfTextFails && row.events.includes(event)).map(keyOf))
  for (const rows of rowsOf) {
    const texts = rows.filter(({ method }) => method === 'sms').map(keyOf)
    const standIns = rows
      .filter(({ onlyIfTextFails }) => onlyIfTextFails)
      .map(keyOf)
      .filter((key) => !inOwnRight.has(key))
    if (texts.includes(own)) for (const key of standIns) keys.add(key)
    if (standIns.includes(own)) for (const key of texts) keys.add(key)
  }
  return keys
}

function keyOf({ method, address }: DeliveryNotification): string {
  return recipientKey({ channel: method, address })
}

/** Whether every text of this event to the contract's present numbers ended without reaching anybody. */
function textFailed(contract: ContractRecord | undefined, event: Event, notifications: NotificationRecord[]): boolean {
  const texts = contract?.deliveryNotifications.filter(
    ({ method, events }) => method === 'sms' && events.includes(event),
  )
  if (texts === undefined || texts.length === 0) return false
  const latest = texts.flatMap((text) => {
    const rows = notifications.filter((row) => recipientKey(row) === keyOf(text))
    return rows.sort((a, b) => b.revision - a.revision).slice(0, 1)
  })
  // A text without a notification is still to be planned.
  return latest.length === texts.length && latest.every(failed)
}

/** Reasons of the text channel: an email may still go. */
const textChannelReasons = new Set(['sms_off', 'channel_not_configured', 'opted_out', 'quiet_hours'])

function failed({ status, reason, staleByQuietHours }: NotificationRecord): boolean {
  if (status === 'undelivered' || status === 'failed') return true
  return status === 'suppressed' && (textChannelReasons.has(reason ?? '') || (reason === 'stale' && staleByQuietHours))
}
