import type { Settings } from '../../domain/settings'
import type { Channel, StopKind } from '../../domain/words'
import { addDays, dateAt, day, instantOf, minute, offset, weekday } from './clock'

/** The rules of time, each as the reference states it: "When a confirmation is sent". */

export interface Window {
  start: number
  end: number
}

export interface Night {
  from: number
  to: number
}

export function isOpen(settings: Settings, date: string): boolean {
  return settings.businessDays.includes(weekday(date)) && !settings.holidays.includes(date)
}

function nextOpenDay(settings: Settings, date: string): string {
  let next = addDays(date, 1)
  while (!isOpen(settings, next)) next = addDays(next, 1)
  return next
}

function openDayBefore(settings: Settings, date: string, count: number): string {
  let found = date
  for (let left = count; left > 0; left -= 1) {
    found = addDays(found, -1)
    while (!isOpen(settings, found)) found = addDays(found, -1)
  }
  return found
}

/** Scheduled time minus before, plus after, rounded outward on the company's wall clock. */
export function windowOf(settings: Settings, kind: StopKind, scheduledAt: number): Window {
  const buffer = settings.etaBuffer[kind]
  const step = settings.etaBuffer.roundToMinutes * minute
  const start = scheduledAt - buffer.beforeMinutes * minute
  const end = scheduledAt + buffer.afterMinutes * minute
  if (step === minute) return { start, end }
  const startOffset = offset(settings.timeZone, start)
  const endOffset = offset(settings.timeZone, end)
  return {
    start: Math.floor((start + startOffset) / step) * step - startOffset,
    end: Math.ceil((end + endOffset) / step) * step - endOffset,
  }
}

/** The quiet hours that an instant falls in: start inclusive, end exclusive. */
export function nightAt(settings: Settings, zone: string, at: number): Night | null {
  const quiet = settings.quietHours
  if (!quiet) return null
  const today = dateAt(zone, at)
  for (const date of [addDays(today, -1), today]) {
    const from = instantOf(zone, date, quiet.from)
    const to = instantOf(zone, quiet.to > quiet.from ? date : addDays(date, 1), quiet.to)
    if (from <= at && at < to) return { from, to }
  }
  return null
}

/** Rule 3: the moment itself, or for a text in quiet hours their end. */
export function permitted(settings: Settings, zone: string, channel: Channel, at: number): number {
  return channel === 'email' ? at : (nightAt(settings, zone, at)?.to ?? at)
}

/** With `leadBusinessDays` a route confirmed before D is treated as confirmed on D at opensAt. */
export function treatedAsConfirmedAt(settings: Settings, serviceDate: string, confirmedAt: number): number {
  const lead = settings.confirmation.leadBusinessDays
  if (lead === null) return confirmedAt
  const first = openDayBefore(settings, serviceDate, lead)
  if (dateAt(settings.timeZone, confirmedAt) >= first) return confirmedAt
  return instantOf(settings.timeZone, first, settings.opensAt)
}

/** A route confirmed on its own service date. */
export function isOfToday(settings: Settings, serviceDate: string, confirmedAt: number): boolean {
  return dateAt(settings.timeZone, confirmedAt) === serviceDate
}

/** Rules 1 and 2: when a route's confirmations would go, whatever their windows and channels. */
export function ruledMoment(settings: Settings, serviceDate: string, confirmedAt: number): number {
  const { policy, sameDayDelayMinutes, sendAfter } = settings.confirmation
  if (isOfToday(settings, serviceDate, confirmedAt)) return confirmedAt + sameDayDelayMinutes * minute
  const treated = treatedAsConfirmedAt(settings, serviceDate, confirmedAt)
  const date = dateAt(settings.timeZone, treated)
  const opens = () => instantOf(settings.timeZone, nextOpenDay(settings, date), settings.opensAt)
  if (!isOpen(settings, date)) return opens()
  const cutoff = instantOf(settings.timeZone, date, sendAfter)
  const before = treated <= cutoff
  if (policy === 'at_cutoff') return before ? cutoff : opens()
  if (policy === 'until_cutoff') return before ? treated : opens()
  return before ? cutoff : treated
}

export interface Due {
  at: number
  /** Past this moment the confirmation is news of nothing. */
  latest: number
}

/** Rule 3, whole: when one recipient's confirmation of one stop goes. */
export function confirmationDue(
  settings: Settings,
  zone: string,
  channel: Channel,
  serviceDate: string,
  confirmedAt: number,
  window: Window,
): Due {
  const ruled = permitted(settings, zone, channel, ruledMoment(settings, serviceDate, confirmedAt))
  if (isOfToday(settings, serviceDate, confirmedAt)) return { at: ruled, latest: window.end }
  if (ruled <= window.start - settings.confirmation.minNoticeMinutes * minute)
    return { at: ruled, latest: window.start }
  const earliest = permitted(settings, zone, channel, treatedAsConfirmedAt(settings, serviceDate, confirmedAt))
  return { at: earliest, latest: window.start }
}

/** Rule 4: an arrival or departure in quiet hours is told if the told window touches that night. */
export function arrivalMayBeTold(settings: Settings, zone: string, now: number, told: Window): boolean {
  const night = nightAt(settings, zone, now)
  return !night || (told.start < night.to && told.end >= night.from)
}

/** `updated` and `cancelled`: a text is held by quiet hours, unless their end is after the start of its window. */
export function changeDue(settings: Settings, zone: string, channel: Channel, now: number, start: number): number {
  const held = permitted(settings, zone, channel, now)
  return held > start ? now : held
}

export const twelveHours = day / 2
