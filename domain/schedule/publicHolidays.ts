import Holidays from 'date-holidays'
import type { HolidayCalendar } from '../settings'
import type { CalendarDate } from '../words'
import { addDays } from './zonedTime'

const dayMs = 86_400_000

/** Working a year out takes date-holidays milliseconds and a schedule asks for many days of it. */
const cache = new Map<string, ReadonlySet<CalendarDate>>()

/**
 * The days of `year` that are public holidays of a country or state, their substitute days included
 * (docs/configuration.md, `holidayCalendar`). Bank, school, optional and observed days are working days, and so is a
 * day of which only the afternoon is a holiday. A country that date-holidays does not know has none.
 */
export function publicHolidays({ country, state }: HolidayCalendar, year: number): ReadonlySet<CalendarDate> {
  const key = `${country}/${state ?? ''}/${year}`
  const known = cache.get(key)
  if (known) return known
  const source = state === undefined ? new Holidays(country) : new Holidays(country, state)
  const days = new Set(
    // The year before too: a holiday of several days may begin in it (Incwala, 28 December).
    [year - 1, year]
      .flatMap((each) => source.getHolidays(each))
      .filter(({ type, date }) => type === 'public' && date.slice(11, 19) === '00:00:00')
      // `date` is the local date whatever the zone of the process; `start` and `end` tell only how long it lasts.
      .flatMap(({ date, start, end }) => {
        const length = Math.round((end.getTime() - start.getTime()) / dayMs)
        return Array.from({ length }, (_, n) => addDays(date.slice(0, 10), n))
      }),
  )
  cache.set(key, days)
  return days
}
