import type { RouteFacts } from '../domain/facts'
import type { HandOffStep } from '../domain/handOff'
import { isDue, type Planned, type RoutePlan } from '../domain/planRoute'
import { dateOf, wallTimeOf } from '../domain/schedule/zonedTime'
import type { CalendarDate, Instant, RouteStatus, StopStatus } from '../domain/words'

/** What a route's workflow learns from the facts: ids, kinds, times and counts; no personal data. */
export interface Agenda {
  status: RouteStatus
  serviceDate: CalendarDate
  truckId: string | null
  /** What is to be sent now, in words: `2 × confirmed (s1, s2)`; null when nothing is. */
  due: string | null
  /** Ids of the texts whose unknown outcome is to be looked up at the provider now. */
  lookUps: string[]
  /** What vendors are to be told of the route now, in words: `hand_over: samsara`. Null when nothing. */
  handOffDue: string | null
  /** When the route must be looked at again, whatever else happens; null if never. */
  wakeAt: Instant | null
  /** What the next wake-up is for, in words. */
  next: string
  /** What is then to be sent, likewise in words; null when nothing is, or vendors are to be told first. */
  dueNext: string | null
  /** Nothing is left to do: the workflow may end. */
  over: boolean
  stops: { stopId: string; status: StopStatus; contracts: string[]; window: string; notifications: string }[]
}

/** Condenses a plan. */
export function agendaOf(facts: RouteFacts, plan: RoutePlan, handOffs: HandOffStep[]): Agenda {
  const { now } = plan
  const wakeAt = earliest(plan.wakeAt, ...handOffs.flatMap(({ at }) => (at > now ? [at] : [])))
  const { timeZone } = facts.settings
  const when = wakeAt === null ? null : `${dateOf(wakeAt, timeZone)} ${wallTimeOf(wakeAt, timeZone)} ${timeZone}`
  return {
    status: plan.progress.status,
    serviceDate: facts.route.serviceDate,
    truckId: facts.route.truck?.truckId ?? null,
    due: eventsIn(plan.planned.filter((planned) => isDue(planned, now))) || null,
    lookUps: plan.lookUps,
    handOffDue: handOffsIn(handOffs.filter(({ at }) => at <= now)) || null,
    wakeAt,
    next: when === null ? 'nothing' : `${when}: ${purposeOf(plan, handOffs, wakeAt)}`,
    dueNext: (!handOffs.some(({ at }) => at === wakeAt) && eventsIn(sendsAt(plan, wakeAt))) || null,
    over: plan.over && handOffs.length === 0,
    stops: plan.progress.stops.map((stop) => ({
      stopId: stop.stopId,
      status: stop.status,
      contracts: stop.contractNumbers,
      window: windowText(plan, stop.stopId, timeZone),
      notifications: countsOf(facts, plan, stop.stopId),
    })),
  }
}

function earliest(...moments: (Instant | null)[]): Instant | null {
  const known = moments.filter((moment): moment is Instant => moment !== null)
  return known.length > 0 ? Math.min(...known) : null
}

function handOffsIn(handOffs: HandOffStep[]): string {
  return handOffs.map(({ action, device }) => `${action}: ${device.vendor}`).join(', ')
}

function sendsAt({ planned }: RoutePlan, moment: Instant | null): Planned[] {
  return planned.filter(({ decision }) => decision.action !== 'suppress' && decision.at === moment)
}

function purposeOf(plan: RoutePlan, handOffs: HandOffStep[], wakeAt: Instant | null): string {
  const { progress } = plan
  const then = sendsAt(plan, wakeAt)
  if (then.length > 0) return eventsIn(then)
  const handedOff = handOffs.filter(({ at }) => at === wakeAt)
  if (handedOff.length > 0) return handOffsIn(handedOff)
  if (wakeAt === progress.undecidedUntil) return 'dwell ends'
  if (wakeAt === progress.closesAt) return 'route closes'
  return 'edits settle, or an outcome is looked up'
}

/** `2 × confirmed (s1, s2)`, by event. */
function eventsIn(planned: Planned[]): string {
  const stopsOf = new Map<string, string[]>()
  for (const { subject } of planned) {
    stopsOf.set(subject.event, [...(stopsOf.get(subject.event) ?? []), subject.stop?.stopId ?? 'route'])
  }
  return [...stopsOf]
    .map(([event, stops]) => `${stops.length} × ${event} (${[...new Set(stops)].slice(0, 10).join(', ')})`)
    .join(', ')
}

function windowText({ planned }: RoutePlan, stopId: string, timeZone: string): string {
  const window = planned.find(({ subject }) => subject.stop?.stopId === stopId)?.decision.window
  return window ? `${wallTimeOf(window.start, timeZone)}–${wallTimeOf(window.end, timeZone)}` : ''
}

/** `2 sent, 1 suppressed` of one stop, as of before this plan is carried out. */
function countsOf(facts: RouteFacts, { planned }: RoutePlan, stopId: string): string {
  const counts = new Map<string, number>()
  const count = (word: string) => counts.set(word, (counts.get(word) ?? 0) + 1)
  const replanned = new Set(planned.map(({ subject }) => subject.notification?.id))
  for (const { id, stopId: of, status } of facts.notifications) if (of === stopId && !replanned.has(id)) count(status)
  for (const { subject, decision } of planned) {
    if (subject.stop?.stopId !== stopId) continue
    count(decision.action === 'send' ? 'planned' : decision.action === 'hold' ? 'held' : 'suppressed')
  }
  return [...counts].map(([status, number]) => `${number} ${status}`).join(', ')
}
