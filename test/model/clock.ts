/** The model's own date arithmetic: plain Intl, nothing of the engine's. */

export const minute = 60_000
export const day = 24 * 60 * minute

const formats = new Map<string, Intl.DateTimeFormat>()

function partsOf(zone: string, at: number): Map<string, string> {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  return new Map(format.formatToParts(at).map((part) => [part.type, part.value]))
}

const offsets = new Map<string, number>()

/** How far the clocks of a zone are ahead of UTC at an instant. Clocks change at quarters of an hour, if at all. */
export function offset(zone: string, at: number): number {
  const key = `${zone} ${Math.floor(at / (15 * minute))}`
  const known = offsets.get(key) ?? shownAhead(zone, at)
  offsets.set(key, known)
  return known
}

function shownAhead(zone: string, at: number): number {
  const seconds = Math.floor(at / 1000) * 1000
  const parts = partsOf(zone, seconds)
  const number = (name: string) => Number(parts.get(name))
  const shown = Date.UTC(
    number('year'),
    number('month') - 1,
    number('day'),
    number('hour'),
    number('minute'),
    number('second'),
  )
  return shown - seconds
}

/** The date on the calendar of a zone. */
export function dateAt(zone: string, at: number): string {
  return new Date(at + offset(zone, at)).toISOString().slice(0, 10)
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10)
}

const instants = new Map<string, number>()

/** Rule 5: a time that the clocks skip is the same distance after the gap began, one that comes twice is the first. */
export function instantOf(zone: string, date: string, time: string): number {
  const key = `${zone} ${date} ${time}`
  const known = instants.get(key)
  if (known !== undefined) return known
  const shown = Date.parse(`${date}T${time}:00Z`)
  const before = offset(zone, shown - day)
  const candidates = [shown - before, shown - offset(zone, shown + day)]
  const real = candidates.filter((candidate) => candidate + offset(zone, candidate) === shown)
  const instant = real.length > 0 ? Math.min(...real) : shown - before
  instants.set(key, instant)
  return instant
}

/** ISO: Monday = 1. */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

const pad = (value: number) => String(value).padStart(2, '0')

/** `12:30 PM` or `12:30`. */
export function timeText(zone: string, at: number, timeFormat: '12h' | '24h'): string {
  const shown = new Date(at + offset(zone, at))
  const hours = shown.getUTCHours()
  if (timeFormat === '24h') return `${pad(hours)}:${pad(shown.getUTCMinutes())}`
  return `${hours % 12 || 12}:${pad(shown.getUTCMinutes())} ${hours < 12 ? 'AM' : 'PM'}`
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Wed, Dec 2` */
export function dateText(zone: string, at: number): string {
  const shown = new Date(at + offset(zone, at))
  return `${dayNames[shown.getUTCDay()]}, ${monthNames[shown.getUTCMonth()]} ${shown.getUTCDate()}`
}
