import type { Settings } from '../settings'
import type { CalendarDate } from '../words'
import { publicHolidays } from './publicHolidays'
import { addDays, isoWeekday } from './zonedTime'

/** How far a calendar looks: 60 open days of a company that opens once a week, and then some. */
const horizonDays = 1000

/** The days on which a company is open: business days that are no holiday ("When a confirmation is sent"). */
export interface Calendar {
  isOpenDay(date: CalendarDate): boolean
  /** The first open day after `date`, itself excluded; null if there is none within 1000 days. */
  nextOpenDay(date: CalendarDate): CalendarDate | null
  /** The `n`-th open day before `date`, itself excluded (1 = the last one before it); null if 1000 days do not hold `n`. */
  nthOpenDayBefore(date: CalendarDate, n: number): CalendarDate | null
}

/**
 * The calendar of a company. It never throws for want of open days: holidays can close everything, and then "no such
 * day" must still lead to a decision (rule 3, "Never too late", sends at once).
 */
export function calendarOf(settings: Pick<Settings, 'businessDays' | 'holidays' | 'holidayCalendar'>): Calendar {
  const { holidayCalendar } = settings
  const businessDays = new Set(settings.businessDays)
  const holidays = new Set(settings.holidays)

  const isOpenDay = (date: CalendarDate) =>
    businessDays.has(isoWeekday(date)) &&
    !holidays.has(date) &&
    !(holidayCalendar !== null && publicHolidays(holidayCalendar, Number(date.slice(0, 4))).has(date))

  const nthOpenDay = (date: CalendarDate, n: number, step: 1 | -1) => {
    let left = n
    let day = date
    for (let walked = 0; walked < horizonDays; walked++) {
      day = addDays(day, step)
      if (isOpenDay(day) && --left === 0) return day
    }
    return null
  }

  return {
    isOpenDay,
    nextOpenDay: (date) => nthOpenDay(date, 1, 1),
    nthOpenDayBefore: (date, n) => nthOpenDay(date, n, -1),
  }
}
