import type { Window } from '../schedule/toldWindow'
import type { Settings } from '../settings'
import type { Instant } from '../words'

/** A told window in words; all null when nothing was told. */
export interface Eta {
  date: string | null
  start: string | null
  end: string | null
  range: string | null
}

/**
 * `Wed, Dec 2`, `12:30 PM`, `1:30 PM` and `12:30 PM - 1:30 PM` (24h: `12:30`, `13:30`, `12:30 - 13:30`) on the wall
 * clock of `zone` (IANA), whatever the process's own zone and locale. The date is that of the window's start.
 * Plain spaces and a plain hyphen, so that a text stays in GSM-7. Rule: "Settings of a company", timeFormat.
 */
export function etaOf(window: Window | null, zone: string, timeFormat: Settings['timeFormat']): Eta {
  if (window === null) return { date: null, start: null, end: null, range: null }
  const time = timeFormat === '12h' ? twelveHours : twentyFourHours
  const start = say(window.start, zone, time)
  const end = say(window.end, zone, time)
  return { date: say(window.start, zone, day), start, end, range: `${start} - ${end}` }
}

const twelveHours = { hour: 'numeric', minute: '2-digit', hourCycle: 'h12' } as const
const twentyFourHours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const day = { weekday: 'short', month: 'short', day: 'numeric' } as const

const weekday = { weekday: 'short' } as const

/** `Tue, Dec 1, 4:00 PM`: a moment as people of the company read it. */
export function sayMoment(instant: Instant, zone: string, timeFormat: Settings['timeFormat']): string {
  const { date, start } = etaOf({ start: instant, end: instant }, zone, timeFormat)
  return `${date}, ${start}`
}

/** `Tue 4:00 PM`: the same within a week. */
export function sayDayAndTime(instant: Instant, zone: string, timeFormat: Settings['timeFormat']): string {
  const { start } = etaOf({ start: instant, end: instant }, zone, timeFormat)
  return `${say(instant, zone, weekday)} ${start}`
}

/** Intl puts a narrow no-break space (U+202F) before AM and PM. */
function say(instant: Instant, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return formatOf(timeZone, options).format(instant).replace(/\s/gu, ' ')
}

/** Making a format takes longer than all the rest of a message, and a company has one zone. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', { ...options, timeZone })
  if (formats.size >= 1_000) formats.clear()
  formats.set(key, format)
  return format
}
