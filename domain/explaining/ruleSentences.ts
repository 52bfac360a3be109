import type { NotificationRule } from '../notificationTiming'
import type { Numbers } from '../schedule/decision'
import type { Settings } from '../settings'
import { sayDayAndTime } from '../templates/eta'

/** How people of the company read a clock. */
export interface Wording {
  zone: string
  timeFormat: Settings['timeFormat']
}

/** The numbers of a decision, in words. */
interface Said {
  /** `Tue 4:00 PM`; `–` for a moment that the rule did without. */
  at(name: string): string
  /** As it is. */
  of(name: string): string
  has(name: string): boolean
}

/** What each rule says, with the numbers that it used. Total: a rule that has no sentence does not compile. */
const sentences: Record<NotificationRule, (said: Said) => string> = {
  same_day: ({ at, of }) =>
    `confirmed ${at('confirmedAt')} for the same day; ${of('sameDayDelayMinutes')} minutes are left to take it back`,
  at_cutoff: ({ at }) => `confirmed ${at('confirmedAt')}, cutoff ${at('cutoff')}`,
  until_cutoff: ({ at }) => `confirmed ${at('confirmedAt')}, not after the cutoff ${at('cutoff')}: at once`,
  from_cutoff: ({ at }) => `confirmed ${at('confirmedAt')}, cutoff ${at('cutoff')}: not before it`,
  next_open_day: ({ at }) =>
    `confirmed ${at('confirmedAt')}, after the cutoff ${at('cutoff')} or on a closed day: the next open day, ${at('ruleMoment')}`,
  lead_days: ({ at, of }) =>
    `confirmed ${at('confirmedAt')}, and not earlier than ${of('leadBusinessDays')} open days before: counts as confirmed ${at('effectiveConfirmedAt')}`,
  never_too_late: ({ at, has }) =>
    has('permitted')
      ? `confirmed ${at('confirmedAt')}; by the rule it would go ${at('permitted')}, later than ${at('latest')}: the earliest permitted moment instead`
      : `confirmed ${at('confirmedAt')}; no open day comes before the route: the earliest permitted moment`,
  at_once: ({ at, has }) =>
    has('occurredAt')
      ? `it happened ${at('occurredAt')}, and is told at once`
      : `the plan changed; told from ${at('at')}`,
  quiet_hours: ({ at, has }) =>
    has('occurredAt')
      ? `quiet hours from ${at('quietFrom')} to ${at('quietTo')}; told window ${at('windowStart')} to ${at('windowEnd')}`
      : `the plan changed; quiet hours until ${at('permitted')}`,
  before_the_window: ({ at }) =>
    `quiet hours until ${at('permitted')}, and by then the customer would wait in vain, from ${at('speaksOfStart')} on: at once`,
  event_age: ({ at, of }) =>
    `it happened ${at('occurredAt')} and was known ${at('now')}, more than ${of('maxEventAgeMinutes')} minutes later`,
  change_age: ({ at }) => `of use until ${at('uselessAfter')}, and it was ${at('now')}`,
  no_stop_to_come: () => 'no stop of the route is still to come',
  resend: ({ at }) => `a person asked for it ${at('resentAt')}`,
}

/** `rule "at cutoff": confirmed Tue 10:00 AM, cutoff Tue 4:00 PM`; the name alone of a rule that this release does not know. */
export function ruleSentence(rule: string, numbers: Numbers, { zone, timeFormat }: Wording): string {
  const name = `rule "${rule.replaceAll('_', ' ')}"`
  if (!isRule(rule)) return name
  const of = (field: string) => String(numbers[field] ?? '–')
  const at = (field: string) => {
    const moment = Date.parse(of(field))
    return Number.isNaN(moment) ? '–' : sayDayAndTime(moment, zone, timeFormat)
  }
  return `${name}: ${sentences[rule]({ at, of, has: (field) => (numbers[field] ?? null) !== null })}`
}

function isRule(rule: string): rule is NotificationRule {
  return Object.hasOwn(sentences, rule)
}
