import {
  type ConfirmationInput,
  confirmationMoment,
  type ScheduleDecision,
} from '../../../domain/schedule/confirmationSchedule'
import { plannedWindow } from '../../../domain/schedule/toldWindow'
import { addDays, dateOf, instantAt, isoAt } from '../../../domain/schedule/zonedTime'
import { defaultSettings, type Settings } from '../../../domain/settings'
import type { Channel } from '../../../domain/words'

export const chicago = 'America/Chicago'

/** An ordinary week of winter time, no holiday of any calendar in it; `+Mon` is the Monday after. */
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', '+Mon', '+Tue', '+Wed']
const dateOfDay = (day: string) => addDays('2026-02-02', days.indexOf(day))

/** `Tue 16:00` or `Tue 16:00:01` of that week as an instant. */
export function moment(text: string, zone = chicago): number {
  const [day = '', time = ''] = text.split(' ')
  return instantAt(days.includes(day) ? dateOfDay(day) : day, time, zone)
}

/** An instant as `Tue 16:00`, with seconds if it has any. */
export function spoken(instant: number, zone = chicago): string {
  const date = dateOf(instant, zone)
  const day = days.find((each) => dateOfDay(each) === date) ?? date
  return `${day} ${isoAt(instant, zone).slice(11, 19).replace(/:00$/, '')}`
}

export type Change = Partial<Omit<Settings, 'confirmation'>> & { confirmation?: Partial<Settings['confirmation']> }

/** The settings of the examples: Chicago, cutoff 16:00, open from 08:00, Monday to Friday. */
export function settingsWith(change: Change = {}): Settings {
  const confirmation = { ...defaultSettings.confirmation, ...change.confirmation }
  return { ...defaultSettings, timeZone: chicago, ...change, confirmation }
}

export interface Case extends Partial<Pick<ConfirmationInput, 'minimumAt' | 'now'>> {
  confirmed: string
  stop: string
  channel?: Channel
  change?: Change
  quietZone?: string
}

/** The decision for a stop at `stop` (its day is the service date) of a route confirmed at `confirmed`. */
export function decide({ confirmed, stop, channel = 'email', change, quietZone, ...rest }: Case): ScheduleDecision {
  const settings = settingsWith(change)
  const zone = settings.timeZone
  const scheduledAt = moment(stop, zone)
  const window = plannedWindow({ kind: 'delivery', scheduledAt }, settings.etaBuffer, zone)
  const confirmedAt = moment(confirmed, zone)
  const serviceDate = dateOf(scheduledAt, zone)
  return confirmationMoment({
    settings,
    serviceDate,
    confirmedAt,
    channel,
    quietZone: quietZone ?? zone,
    window,
    ...rest,
  })
}

/** `decide` in words: `at_cutoff: send Tue 16:00`, `never_too_late: stale by quiet hours`. */
export function outcome(of: Case): string {
  const decision = decide(of)
  const zone = settingsWith(of.change).timeZone
  if (decision.action !== 'suppress') return `${decision.rule}: ${decision.action} ${spoken(decision.at, zone)}`
  return `${decision.rule}: ${decision.reason}${decision.byQuietHours ? ' by quiet hours' : ''}`
}
