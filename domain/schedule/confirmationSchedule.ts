import type { CalendarDate, Channel, Instant } from '../words'
import { type Decision, type Timing, writeInstants } from './decision'
import { permitted } from './quietHours'
import { isRouteOfToday, type RuleMoment, ruleMoment, type ScheduleSettings } from './ruleMoment'
import type { Window } from './toldWindow'

const minuteMs = 60_000

/** What decides when one recipient's confirmation of one stop goes. */
export interface ConfirmationInput {
  settings: ScheduleSettings
  serviceDate: CalendarDate
  /** When the route was confirmed; for a stop added later, when it was added. */
  confirmedAt: Instant
  channel: Channel
  /** The zone of quiet hours: the stop's if it has one, else the company's. */
  quietZone: string
  /** The window that the customer would be told. */
  window: Window
  /** It must not go before this: edits of a route are collected for a while. */
  minimumAt?: Instant
  /** Judge it as of this moment: what was due while nobody was there to send it may be held or stale by now. */
  now?: Instant
}

export type ScheduleDecision = Decision<RuleMoment['rule'] | 'never_too_late', 'stale'>

/**
 * The instant after which a confirmation says nothing new (rule 3, "Never too late"): the start of the told window, for
 * a route of today its end. `zone` is the company's. A confirmation may still go at this very instant.
 */
export function staleAfter(route: {
  serviceDate: CalendarDate
  confirmedAt: Instant
  window: Window
  zone: string
}): Instant {
  return isRouteOfToday(route.serviceDate, route.confirmedAt, route.zone) ? route.window.end : route.window.start
}

/**
 * When a confirmation goes (rules 1 to 4, "When a confirmation is sent"). Without `now` the answer is the plan. With it, a
 * plan whose moment is ahead stands; one whose moment has passed is judged again: `send` keeps the planned moment as
 * `at`, `hold` waits for the end of the quiet hours it is in, and what has become too late is suppressed.
 * Throws a RangeError for a zone, date or time that is none.
 */
export function confirmationMoment(input: ConfirmationInput): ScheduleDecision {
  const { settings, channel, quietZone, window, minimumAt, now } = input
  const zone = settings.timeZone
  const { minNoticeMinutes } = settings.confirmation
  const due = ruleMoment(settings, input)
  const today = due.rule === 'same_day'
  const limit = staleAfter({ ...input, zone })
  const latest = today ? limit : limit - minNoticeMinutes * 60_000
  const permit = (wanted: Instant) => permitted(wanted, channel, settings.quietHours, quietZone)
  const notBefore = (moment: Instant) => (minimumAt === undefined ? moment : Math.max(moment, minimumAt))

  const ruled = due.at === null ? null : permit(notBefore(due.at))
  // A route of today never goes earlier than its rule says: the delay is there to take the confirmation back.
  const inTime = ruled !== null && (today || ruled <= latest)
  const wanted = notBefore(inTime && due.at !== null ? due.at : due.confirmedAt)

  const judge = (from: Instant): Timing<'stale'> => {
    const at = permit(from)
    if (at > limit) return { action: 'suppress', reason: 'stale', byQuietHours: from <= limit }
    return { action: at > from ? 'hold' : 'send', at }
  }
  const asOfNow = (plan: Timing<'stale'>): Timing<'stale'> => {
    if (now === undefined || plan.action === 'suppress' || now < plan.at) return plan
    const late = judge(now)
    if (late.action === 'hold') return late
    // What is due at the last moment goes within its minute: no engine is there at that very instant.
    const inItsMinute = plan.at <= limit && now < limit + minuteMs
    return late.action === 'send' || (inItsMinute && permit(now) === now) ? { action: 'send', at: plan.at } : late
  }

  const instants = {
    confirmedAt: input.confirmedAt,
    effectiveConfirmedAt: due.confirmedAt,
    cutoff: due.cutoff,
    ruleMoment: due.at,
    permitted: ruled,
    earliestPermitted: today ? null : permit(notBefore(due.confirmedAt)),
    latest,
    windowStart: window.start,
    windowEnd: window.end,
    staleAfter: limit,
    minimumAt: minimumAt ?? null,
    now: now ?? null,
  }
  const { sameDayDelayMinutes, leadBusinessDays } = settings.confirmation
  return {
    rule: inTime ? due.rule : 'never_too_late',
    numbers: { ...writeInstants(instants, zone), sameDayDelayMinutes, minNoticeMinutes, leadBusinessDays },
    ...asOfNow(judge(wanted)),
  }
}
