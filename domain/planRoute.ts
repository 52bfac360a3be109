import { type ConfiguredChannels, decideNotification, type NotificationDecision } from './decideNotification'
import type { NotificationRecord, RouteFacts } from './facts'
import { lookUpDueAt } from './lookUps'
import { statusAfter } from './notificationStatus'
import { isStandIn } from './recipients'
import { type RouteProgress, routeProgress } from './routeProgress'
import { isLive, settlesAt } from './routeState'
import type { Subject } from './subject'
import { subjectsOf } from './subjects'
import type { Instant } from './words'

export interface Planned {
  subject: Subject
  decision: NotificationDecision
}

/** What a route's facts amount to at one moment. */
export interface RoutePlan {
  /** The moment: the engine's clock. */
  now: Instant
  progress: RouteProgress
  planned: Planned[]
  /** Ids of texts of unknown outcome that are to be looked up at the provider now. */
  lookUps: string[]
  /** When the route must be looked at again, whatever else happens; null if never. */
  wakeAt: Instant | null
  /** Nothing is left to do for this route. */
  over: boolean
}

/**
 * Plans a route: what each of its notifications comes to, and when something is next to be done. Once the plan has been
 * carried out, planning again at the same moment finds nothing more: `wakeAt` is then ahead.
 */
export function planRoute(facts: RouteFacts, now: Instant, configured: ConfiguredChannels): RoutePlan {
  const progress = routeProgress(facts, now)
  const current = { ...facts, stops: progress.stops, route: { ...facts.route, status: progress.status } }
  const planned = planNotifications(current, now, configured, facts.route.status === 'completed')

  const moments: (Instant | null)[] = [progress.undecidedUntil, settlesAt(current, now)]
  if (isLive(current)) moments.push(progress.closesAt)
  for (const { decision } of planned) if (decision.action !== 'suppress') moments.push(decision.at)
  const lookUps: string[] = []
  for (const notification of facts.notifications) {
    const due = lookUpDueAt(notification)
    moments.push(due)
    if (due !== null && due <= now) lookUps.push(notification.id)
  }

  const ahead = moments.filter((moment): moment is Instant => moment !== null)
  return {
    now,
    progress,
    planned,
    lookUps,
    wakeAt: ahead.length > 0 ? Math.min(...ahead) : null,
    over: !isLive(current) && ahead.length === 0,
  }
}

/** Whether a planned notification is to be sent now. */
export function isDue({ decision }: Planned, now: Instant): boolean {
  return decision.action === 'send' && decision.at <= now
}

/** Each round ends notifications for good and a chain of them is short; a rule at odds with another must not spin. */
const rounds = 10

/**
 * Decides every notification. What one of them comes to may make another one owed (a text that is switched off, the email
 * that stands in for it), so those that end are taken as ended and the rest is planned again.
 *
 * A route that was `over` before tells nothing more than it owed by its end, whatever has changed since, except by an email
 * that stands in for a text.
 */
function planNotifications(facts: RouteFacts, now: Instant, configured: ConfiguredChannels, over: boolean): Planned[] {
  const mayBeOwed = ({ stop, notification, recipient, event }: Subject) =>
    !over || notification !== null || (stop !== null && isStandIn(stop, facts.contracts, recipient, event))
  const ended: Planned[] = []
  let { notifications } = facts
  for (let round = 1; ; round++) {
    const current = { ...facts, notifications }
    const planned = subjectsOf(current, now)
      .filter(mayBeOwed)
      .map((subject) => ({ subject, decision: decideNotification(current, subject, now, configured) }))
    const ending = planned.filter(({ decision }) => decision.action === 'suppress')
    if (ending.length === 0 || round === rounds) return [...ended, ...planned]
    ended.push(...ending)
    notifications = asEnded(notifications, ending, facts.route.confirmation, now)
  }
}

/** The notifications as they will be when these decisions have been written. */
function asEnded(
  notifications: NotificationRecord[],
  ending: Planned[],
  confirmation: number,
  now: Instant,
): NotificationRecord[] {
  const sequence = Math.max(0, ...notifications.map((notification) => notification.sequence))
  const ended = ending.map((planned, index) => afterDecision(planned, confirmation, sequence + 1 + index, now))
  const replaced = new Set(ending.map(({ subject }) => subject.notification?.id))
  return [...notifications.filter(({ id }) => !replaced.has(id)), ...ended]
}

/** A notification as it is once a decision about it has been written; `sequence` is for a new one. */
export function afterDecision(
  { subject, decision }: Planned,
  confirmation: number,
  sequence: number,
  now: Instant,
): NotificationRecord {
  const { stop, event, recipient, revision, notification } = subject
  const status = statusAfter(notification, decision.action)
  const suppressed = decision.action === 'suppress'
  return {
    id: notification?.id ?? `new ${sequence}`,
    sequence: notification?.sequence ?? sequence,
    stopId: stop?.stopId ?? null,
    event,
    ...recipient,
    revision,
    plannedAt: suppressed ? (notification?.plannedAt ?? null) : decision.at,
    confirmation,
    status,
    reason: status === 'suppressed' && suppressed ? decision.reason : null,
    staleByQuietHours: suppressed && decision.byQuietHours,
    withdrawn: decision.withdrawn,
    decidedAt: now,
    window: decision.window,
    lookUps: notification?.lookUps ?? 0,
    lastAttempt: notification?.lastAttempt ?? null,
    resentAt: notification?.resentAt ?? null,
  }
}
