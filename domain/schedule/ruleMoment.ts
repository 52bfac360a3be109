import type { Settings } from '../settings'
import type { CalendarDate, Instant } from '../words'
import { calendarOf } from './calendar'
import { dateOf, instantAt } from './zonedTime'

/** The settings that say when a confirmation goes. */
export type ScheduleSettings = Pick<
  Settings,
  'timeZone' | 'businessDays' | 'holidays' | 'holidayCalendar' | 'opensAt' | 'confirmation' | 'quietHours'
>

export interface RuleMoment {
  rule: 'same_day' | 'at_cutoff' | 'until_cutoff' | 'from_cutoff' | 'next_open_day' | 'lead_days'
  /** When the rule has the confirmation go; null if it waits for an open day and there is none. */
  at: Instant | null
  /** The moment that counts as the confirmation: later than the true one if `leadBusinessDays` says so. */
  confirmedAt: Instant
  /** sendAfter on the day of that moment; null where the rule has no use for it. */
  cutoff: Instant | null
}

/** Whether the rules for a route of today apply: its service date is the day of the confirmation in `zone`, or has passed. */
export function isRouteOfToday(serviceDate: CalendarDate, confirmedAt: Instant, zone: string): boolean {
  return serviceDate <= dateOf(confirmedAt, zone)
}

/**
 * Rules 1 and 2, "When a confirmation is sent": the moment at which a confirmation is due, before quiet hours and "Never
 * too late". All wall-clock times are the company's.
 */
export function ruleMoment(
  settings: ScheduleSettings,
  route: { serviceDate: CalendarDate; confirmedAt: Instant },
): RuleMoment {
  const { timeZone: zone, opensAt, confirmation } = settings
  if (isRouteOfToday(route.serviceDate, route.confirmedAt, zone)) {
    const at = route.confirmedAt + confirmation.sameDayDelayMinutes * 60_000
    return { rule: 'same_day', at, confirmedAt: route.confirmedAt, cutoff: null }
  }

  const calendar = calendarOf(settings)
  const lead = confirmation.leadBusinessDays
  const leadDay = lead === null ? null : calendar.nthOpenDayBefore(route.serviceDate, lead)
  const early = leadDay !== null && dateOf(route.confirmedAt, zone) < leadDay
  const confirmedAt = early ? instantAt(leadDay, opensAt, zone) : route.confirmedAt
  const day = early ? leadDay : dateOf(confirmedAt, zone)

  const cutoff = instantAt(day, confirmation.sendAfter, zone)
  const afterCutoff = confirmedAt > cutoff
  if (!calendar.isOpenDay(day) || (afterCutoff && confirmation.policy !== 'from_cutoff')) {
    const openDay = calendar.nextOpenDay(day)
    const at = openDay === null ? null : instantAt(openDay, opensAt, zone)
    return { rule: 'next_open_day', at, confirmedAt, cutoff }
  }
  const atOnce = afterCutoff || confirmation.policy === 'until_cutoff'
  return { rule: early ? 'lead_days' : confirmation.policy, at: atOnce ? confirmedAt : cutoff, confirmedAt, cutoff }
}
