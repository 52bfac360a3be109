import { Temporal } from 'temporal-polyfill'
import type { CalendarDate, Instant, WallTime } from '../words'

/** Whether `name` is an IANA time zone (`America/Chicago`, `UTC`). A bare offset (`+05:45`) is not one: it has no DST rules. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The calendar date in `zone` at `instant`. Throws a RangeError for an unknown zone, as does all of this file. */
export function dateOf(instant: Instant, zone: string): CalendarDate {
  return wallClock(instant, zone).slice(0, 10)
}

/** What a clock on the wall in `zone` shows at `instant`; seconds are cut off. */
export function wallTimeOf(instant: Instant, zone: string): WallTime {
  return wallClock(instant, zone).slice(11, 16)
}

/**
 * The instant at which the clocks of `zone` show `wallTime` on `date`. Rule 5, "When a confirmation is sent": a time that
 * the clocks skip moves on by the gap (02:30 becomes 03:30), one that comes twice means the first.
 * Throws a RangeError for a malformed date or time.
 */
export function instantAt(date: CalendarDate, wallTime: WallTime, zone: string): Instant {
  const local = `${date}T${wallTime}`
  // 'compatible' is rule 5; it is Temporal's default, named here because the rule depends on it.
  return remembered(
    instants,
    `${local} ${zone}`,
    () => Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds,
  )
}

/** How far the clocks of `zone` are ahead of UTC at `instant`, in milliseconds. */
export function offsetAt(instant: Instant, zone: string): number {
  return remembered(
    offsets,
    `${zone} ${Math.floor(instant / quarterMs)}`,
    () => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6,
  )
}

/** Clocks change at whole quarters of an hour of UTC, so one quarter has one offset. */
const quarterMs = 900_000
const offsets = new Map<string, number>()
const instants = new Map<string, Instant>()
const mostRemembered = 10_000

/** A plan asks the same questions for every stop of a route, and each costs 20 µs to answer. */
function remembered(answers: Map<string, number>, question: string, answer: () => number): number {
  const known = answers.get(question)
  if (known !== undefined) return known
  const found = answer()
  if (answers.size >= mostRemembered) answers.clear()
  answers.set(question, found)
  return found
}

/** `2026-12-01T16:00:00.000Z` for what the clocks of `zone` show at `instant`. */
function wallClock(instant: Instant, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString()
}

/** `instant` in ISO 8601 with the offset of `zone`: `2026-12-01T16:00:00-06:00`. */
export function isoAt(instant: Instant, zone: string): string {
  const minutes = offsetAt(instant, zone) / 60_000
  const digits = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const offset = `${minutes < 0 ? '-' : '+'}${digits(Math.abs(minutes) / 60)}:${digits(Math.abs(minutes) % 60)}`
  return wallClock(instant, zone).replace(/(\.000)?Z$/, offset)
}

/** The date `days` calendar days after `date`; before it, if negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  // In UTC every day has 24 hours.
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

/** ISO weekday of `date`: Monday = 1, Sunday = 7. */
export function isoWeekday(date: CalendarDate): number {
  return new Date(date).getUTCDay() || 7
}
