import { dateText, timeText } from './clock'
import type { Entry } from './log'
import { addressOf } from './people'
import type { State } from './state'
import type { Subject } from './subject'

/** In the order of the closed list; the first that holds is given. */
export const reasons = [
  'notifications_off',
  'sms_off',
  'event_off',
  'opted_out',
  'quiet_hours',
  'stale',
  'cancelled',
  'not_confirmed',
  'superseded',
]

/** Why nobody can be reached like this at present: switches and consent. */
export function whyUnreachable({ settings, optedOut }: State, entry: Entry, stopped: Set<string>): string | null {
  if (!settings.customerNotifications) return 'notifications_off'
  if (entry.channel === 'sms' && !settings.smsEnabled) return 'sms_off'
  if (!settings.events[entry.event].enabled) return 'event_off'
  return !entry.internal && (optedOut.has(addressOf(entry)) || stopped.has(addressOf(entry))) ? 'opted_out' : null
}

/** What the scenario's templates come to: `delivery C1, C2 on Wed, Dec 2, 12:30 PM - 1:30 PM`. */
export function textOf({ settings }: State, { stop }: Subject, { contracts, window }: Entry): string {
  const zone = stop.timeZone ?? settings.timeZone
  const { start, end } = window ?? { start: 0, end: 0 }
  const time = (at: number) => timeText(zone, at, settings.timeFormat)
  return `${stop.kind} ${contracts.join(', ')} on ${dateText(zone, start)}, ${time(start)} - ${time(end)}`
}
