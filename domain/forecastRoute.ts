import type { ConfiguredChannels } from './decideNotification'
import type { RouteFacts, StopRecord } from './facts'
import { aloneWith, type Foreseen, playAhead, reported } from './foreseenLife'
import { type NotTold, notToldOf } from './notTold'
import { isLive } from './routeState'
import type { Subject } from './subject'
import { type Channel, type Event, events, type Instant, type SuppressionReason } from './words'

/** What one recipient will be told of one event. */
export interface ForecastEntry {
  /** Null for an internal message about the whole route. */
  stopId: string | null
  event: Event
  channel: Channel
  recipient: string
  internal: boolean
  contractNumbers: string[]
  /** `hold`: a text that quiet hours keep back until `sendAt`; without it, an email for when the text fails. */
  action: 'send' | 'hold' | 'suppress'
  /** Null for what nobody can know: when the truck comes, whether a text fails. */
  sendAt: Instant | null
  /** Why it does not go; `content_refused` when its template comes to nothing. */
  reason: SuppressionReason | 'content_refused' | null
  subject: string | null
  /** What it says, or would say. */
  text: string
}

export interface Forecast {
  notifications: ForecastEntry[]
  /** Whoever of the route's customers will not have been told when all of that has happened. */
  notTold: NotTold[]
}

/**
 * What a route will tell whom and when, if nothing happens that is not planned: a planned one as if it were confirmed at
 * `at`, any other from `at` on, the engine's clock. The route is played through by the engine's own planner
 * (`playAhead`): first until nothing is left but to wait for the truck, then each stop's visit, at the scheduled time. So a
 * forecast cannot say anything else than what will be decided.
 */
export function forecastRoute(facts: RouteFacts, at: Instant, configured: ConfiguredChannels): Forecast {
  const before = playAhead(facts.route.status === 'planned' ? asIfConfirmed(facts, at) : facts, at, configured)
  const standIns = facts.stops.flatMap((stop) => ifTextsFail(before.facts, stop, before.ended, configured))
  const visits = before.facts.stops.map((stop) => visit(before.facts, stop, at, configured))
  const foreseen = [...before.ended, ...visits.flatMap((each) => each.ended)].map(entryOf)
  const inReserve = [...standIns, ...visits.flatMap((each) => each.standIns)].map(entryOf).map(kept)
  return {
    notifications: inOrder(facts, [...foreseen, ...inReserve]),
    notTold: visits.flatMap((each) => notToldOf(each.facts)),
  }
}

/** The route as a confirmation at that moment would leave it (`setRouteStatus`). */
function asIfConfirmed(facts: RouteFacts, confirmedAt: Instant): RouteFacts {
  const { route } = facts
  return { ...facts, route: { ...route, status: 'confirmed', confirmedAt, confirmation: route.confirmation + 1 } }
}

/** What is told when the truck comes to a stop as planned, and leaves again. */
function visit(route: RouteFacts, stop: StopRecord, now: Instant, configured: ConfiguredChannels) {
  let facts = aloneWith(route, stop)
  const ended: Foreseen[] = []
  const standIns: Foreseen[] = []
  const at = Math.max(stop.scheduledAt, now)
  const happens = (kind: 'arrived' | 'departed') => {
    const life = playAhead(reported(facts, stop, kind, at), at, configured)
    const told = life.ended.filter(({ subject }) => subject.event === kind)
    ended.push(...told)
    standIns.push(...ifTextsFail(life.facts, stop, told, configured))
    facts = life.facts
  }
  if (isLive(route) && stop.status === 'pending') happens('arrived')
  if (isLive(route) && (stop.status === 'pending' || stop.status === 'arrived')) happens('departed')
  return { ended, standIns, facts }
}

/** The emails that stand in for these texts of a stop, if they should fail. */
function ifTextsFail(
  facts: RouteFacts,
  { stopId }: StopRecord,
  foreseen: Foreseen[],
  configured: ConfiguredChannels,
): Foreseen[] {
  return events.flatMap((event) => {
    const sent = foreseen.flatMap(({ subject, decision }) => {
      const isText = subject.recipient.channel === 'sms' && !subject.recipient.internal
      return isText && subject.stop?.stopId === stopId && subject.event === event && decision.action === 'send'
        ? [decision.at]
        : []
    })
    const stop = facts.stops.find((each) => each.stopId === stopId)
    if (sent.length === 0 || stop === undefined) return []
    const own = aloneWith(facts, stop)
    const notifications = own.notifications.map((row) => {
      const fails = row.channel === 'sms' && row.event === event && !row.internal && row.status === 'accepted'
      return fails ? { ...row, status: 'failed' as const, reason: 'unreachable' } : row
    })
    const { ended } = playAhead({ ...own, notifications }, Math.min(...sent), configured)
    return ended.filter(({ facts: then, subject }) => subject.event === event && isStandIn(then, subject))
  })
}

/** Whether the recipient is told only because a text failed. */
function isStandIn({ contracts }: RouteFacts, { event, recipient }: Subject): boolean {
  const rows = recipient.contractNumbers
    .flatMap((number) => contracts.get(number)?.deliveryNotifications ?? [])
    .filter((row) => row.method === recipient.channel && row.address === recipient.address)
    .filter((row) => row.events.includes(event))
  return !recipient.internal && rows.length > 0 && rows.every(({ onlyIfTextFails }) => onlyIfTextFails)
}

function entryOf({ subject, decision, held, message, facts }: Foreseen): ForecastEntry {
  const { stop, event, recipient } = subject
  const entry = {
    stopId: stop?.stopId ?? null,
    event,
    channel: recipient.channel,
    recipient: recipient.address,
    internal: recipient.internal,
    contractNumbers: recipient.contractNumbers,
    subject: message?.subject ?? null,
    text: message?.text ?? '',
  }
  if (decision.action === 'suppress') return { ...entry, action: 'suppress', reason: decision.reason, sendAt: null }
  if (message === null) return { ...entry, action: 'suppress', reason: 'content_refused', sendAt: null }
  const known = event !== 'arrived' && event !== 'departed'
  const going: ForecastEntry = {
    ...entry,
    action: held ? 'hold' : 'send',
    reason: null,
    sendAt: known ? decision.at : null,
  }
  return isStandIn(facts, subject) ? kept(going) : going
}

/** An email for when the text fails: that is nobody's to foresee, even where the text will not go for certain. */
function kept(entry: ForecastEntry): ForecastEntry {
  return { ...entry, action: 'hold', reason: null, sendAt: null }
}

/** What is about the whole route first, then stop by stop as planned, event by event as they happen. */
function inOrder({ stops }: RouteFacts, entries: ForecastEntry[]): ForecastEntry[] {
  const place = ({ stopId, event }: ForecastEntry) =>
    stops.findIndex((stop) => stop.stopId === stopId) * events.length + events.indexOf(event)
  return [...entries].sort((a, b) => place(a) - place(b))
}
