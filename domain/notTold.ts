import type { ContractRecord, NotificationRecord, RouteFacts, StopRecord } from './facts'
import { reasonText } from './reasons'
import { recipientKey } from './recipients'
import { isOpen, isUnknown, wasTold } from './told'
import { type Event, events } from './words'

/** A customer who could not be told of something, and why ("Explaining"). */
export interface NotTold {
  stopId: string
  contractNumber: string
  event: Event
  /** `no_delivery_notification`, `unknown`, or why the notification was suppressed or failed. */
  reason: string
  reasonText: string
  /** The notifications that did not reach them; none without a delivery notification. */
  notificationIds: string[]
}

const nobodyListed = {
  reason: 'no_delivery_notification',
  reasonText: 'The contract has no delivery notification for this event, so nobody is told.',
}
const onlyAStandIn = {
  reason: 'no_delivery_notification',
  reasonText: 'The contract has an email for when its text fails, and no text for this event, so nobody is told.',
}
const nobodyKnows = {
  reason: 'unknown',
  reasonText: 'Nobody knows whether it went out: ask the customer, or send it again.',
}

/**
 * The customers of a route who could not be told, by stop, contract and event, as far as the facts go:
 *
 * - whoever has no delivery notification for `confirmed`, `arrived` or `departed`, while the company tells of it at all;
 * - whoever has some, all of which ended without reaching anybody: suppressed (a switch, no channel, an opt-out, too late),
 *   failed, undelivered, or unknown. The last one planned gives the reason.
 *
 * Nobody is missed whom the plan no longer calls for (`cancelled`, `not_confirmed`, `superseded`), nor for an event that is
 * switched off, nor while a notification is still to be sent.
 */
export function notToldOf(facts: RouteFacts): NotTold[] {
  return facts.stops.flatMap((stop) =>
    stop.contractNumbers.flatMap((contractNumber) =>
      events.flatMap((event) => {
        const why = whyNotTold(facts, stop, contractNumber, event)
        return why === null ? [] : [{ stopId: stop.stopId, contractNumber, event, ...why }]
      }),
    ),
  )
}

type Why = Pick<NotTold, 'reason' | 'reasonText' | 'notificationIds'>

function whyNotTold(facts: RouteFacts, stop: StopRecord, contractNumber: string, event: Event): Why | null {
  const rows = facts.notifications.filter(
    (row) =>
      row.stopId === stop.stopId &&
      row.event === event &&
      !row.internal &&
      row.contractNumbers.includes(contractNumber),
  )
  if (rows.length === 0) {
    const why = isToBeTold(facts, stop, event) ? whyNobodyIsListed(facts.contracts.get(contractNumber), event) : null
    return why && { ...why, notificationIds: [] }
  }
  const latest = latestOfEach(rows)
  // What a customer was told earlier in this event counts, whatever became of a later revision.
  if (rows.some((row) => row.status !== 'unknown' && (isOpen(row) || wasTold(row)))) return null
  const missed = latest.filter((row) => !row.withdrawn && row.reason !== 'event_off')
  const last = missed.at(-1)
  return last === undefined ? null : { ...whyMissed(last), notificationIds: missed.map(({ id }) => id) }
}

/** Whether the company tells of the event at this stop, so that a contract without a recipient is worth a word. */
function isToBeTold({ route, settings }: RouteFacts, { status }: StopRecord, event: Event): boolean {
  if (!settings.events[event].enabled || route.status === 'cancelled' || status === 'cancelled') return false
  return event === 'confirmed' || ((event === 'arrived' || event === 'departed') && status !== 'skipped')
}

function whyNobodyIsListed(
  contract: ContractRecord | undefined,
  event: Event,
): Pick<Why, 'reason' | 'reasonText'> | null {
  const listed = (contract?.deliveryNotifications ?? []).filter((row) => row.events.includes(event))
  if (listed.length === 0) return nobodyListed
  return listed.every(({ onlyIfTextFails }) => onlyIfTextFails) ? onlyAStandIn : null
}

/** The latest revision to each recipient, in the order of planning. */
function latestOfEach(rows: NotificationRecord[]): NotificationRecord[] {
  const latest = new Map<string, NotificationRecord>()
  for (const row of rows) {
    const known = latest.get(recipientKey(row))
    if (known === undefined || known.revision < row.revision) latest.set(recipientKey(row), row)
  }
  return [...latest.values()].sort((a, b) => a.sequence - b.sequence)
}

function whyMissed(row: NotificationRecord): Pick<Why, 'reason' | 'reasonText'> {
  const { status, reason } = row
  const ended = status === 'suppressed' || status === 'failed' || status === 'undelivered'
  if (!ended || reason === null || isUnknown(row)) return nobodyKnows
  return { reason, reasonText: reasonText(status, reason) ?? reason }
}
