import type { QuietHours } from '../settings'
import type { Channel, Instant } from '../words'
import type { Window } from './toldWindow'
import { addDays, dateOf, instantAt } from './zonedTime'

/** One night's quiet hours: start inclusive, end exclusive. */
export interface QuietSpan {
  start: Instant
  end: Instant
}

/**
 * The span of quiet hours that `instant` falls in, or null (rule 4, "Quiet hours"). `zone` is the stop's zone if it has
 * one, else the company's. Hours whose `from` equals `to` are empty.
 */
export function quietSpan(instant: Instant, quietHours: QuietHours | null, zone: string): QuietSpan | null {
  if (quietHours === null) return null
  const { from, to } = quietHours
  const today = dateOf(instant, zone)
  // Hours that wrap midnight may have begun the day before.
  for (const date of from > to ? [addDays(today, -1), today] : [today]) {
    const start = instantAt(date, from, zone)
    const end = instantAt(from > to ? addDays(date, 1) : date, to, zone)
    if (start <= instant && instant < end) return { start, end }
  }
  return null
}

/**
 * Rule 3, "Never too late": the first moment from `instant` on at which a message may go: `instant` itself, or for a text
 * that falls in quiet hours their end.
 */
export function permitted(instant: Instant, channel: Channel, quietHours: QuietHours | null, zone: string): Instant {
  const span = channel === 'sms' ? quietSpan(instant, quietHours, zone) : null
  // Asked again of the end: where the clocks skip an hour, the next quiet hours may begin before these have ended.
  return span === null ? instant : permitted(span.end, channel, quietHours, zone)
}

/** Whether a told window touches a night's quiet hours (rule 4, "Quiet hours"). */
export function touches(window: Window, span: QuietSpan): boolean {
  return window.start < span.end && window.end >= span.start
}
