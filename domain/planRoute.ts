import { type ConfiguredChannels, decideNotification, type NotificationDecision } from './decideNotification'
import type { RouteFacts } from './facts'
import { lookUpDueAt } from './lookUps'
import { type RouteProgress, routeProgress } from './routeProgress'
import { isLive, type Subject, settlesAt, subjectsOf } from './subjects'
import type { Instant } from './words'

export interface Planned {
  subject: Subject
  decision: NotificationDecision
}

/** What a route's facts amount to at one moment. */
export interface RoutePlan {
  progress: RouteProgress
  planned: Planned[]
  /** Ids of texts of unknown outcome that are to be looked up at the provider now. */
  lookUps: string[]
  /** When the route must be looked at again, whatever else happens; null if never. */
  wakeAt: Instant | null
  /** Nothing is left to do for this route. */
  over: boolean
}

/** Plans a route: what each of its notifications comes to, and when something is next to be done. */
export function planRoute(facts: RouteFacts, now: Instant, configured: ConfiguredChannels): RoutePlan {
  const progress = routeProgress(facts, now)
  const current = { ...facts, stops: progress.stops, route: { ...facts.route, status: progress.status } }
  const planned = subjectsOf(current, now).map((subject) => ({
    subject,
    decision: decideNotification(current, subject, now, configured),
  }))

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
