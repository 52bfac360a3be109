import { addDays, dateOf, instantAt, isoWeekday } from '../../domain/schedule/zonedTime'
import type { Instant } from '../../domain/words'

/** The demo's days, from the next Tuesday on. */
export const days = ['Tue', 'Wed', 'Mon', 'next Tue', 'next Wed'] as const
export type Day = (typeof days)[number]

const daysAfterTuesday: Record<Day, number> = { Tue: 0, Wed: 1, Mon: 6, 'next Tue': 7, 'next Wed': 8 }

/** The week in which the demo plays: dates of its days, and moments of them in a zone. */
export function weekAfter(now: Instant) {
  const today = dateOf(now, 'UTC')
  const tuesday = addDays(today, ((9 - isoWeekday(today)) % 7) + (isoWeekday(today) === 2 ? 7 : 0))
  const date = (day: Day) => addDays(tuesday, daysAfterTuesday[day])
  return {
    date,
    at: (day: Day, wallTime: string, zone: string): Instant => instantAt(date(day), wallTime, zone),
  }
}

export type Week = ReturnType<typeof weekAfter>
