import { Temporal } from 'temporal-polyfill'
import type { CalendarDate, Instant, WallTime } from '../words'

const zoned = (instant: Instant, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)

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
  return zoned(instant, zone).toPlainDate().toString()
}

/** What a clock on the wall in `zone` shows at `instant`; seconds are cut off. */
export function wallTimeOf(instant: Instant, zone: string): WallTime {
  return zoned(instant, zone).toPlainTime().toString({ smallestUnit: 'minute' })
}

/**
 * The instant at which the clocks of `zone` show `wallTime` on `date`. Rule 5, "When a confirmation is sent": a time that
 * the clocks skip moves on by the gap (02:30 becomes 03:30), one that comes twice means the first.
 * Throws a RangeError for a malformed date or time.
 */
export function instantAt(date: CalendarDate, wallTime: WallTime, zone: string): Instant {
  // 'compatible' is rule 5; it is Temporal's default, named here because the rule depends on it.
  return Temporal.PlainDateTime.from(`${date}T${wallTime}`).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds
}

/** How far the clocks of `zone` are ahead of UTC at `instant`, in milliseconds. */
export function offsetAt(instant: Instant, zone: string): number {
  return zoned(instant, zone).offsetNanoseconds / 1e6
}

/** `instant` in ISO 8601 with the offset of `zone`: `2026-12-01T16:00:00-06:00`. */
export function isoAt(instant: Instant, zone: string): string {
  return zoned(instant, zone).toString({ timeZoneName: 'never' })
}

/** The date `days` calendar days after `date`; before it, if negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** ISO weekday of `date`: Monday = 1, Sunday = 7. */
export function isoWeekday(date: CalendarDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek
}
