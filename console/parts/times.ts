/** An instant as the API writes it, or in milliseconds. */
export type At = string | number

export type Times = ReturnType<typeof createTimes>

/**
 * Moments in words, on the clocks of one zone. Nothing here depends on where the browser is.
 * @param zone IANA
 * @param format as the company's customers read times
 */
export function createTimes(zone: string, format: '12h' | '24h') {
  const formatter = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      ...options,
      ...(options.hour !== undefined && { hourCycle: format === '24h' ? 'h23' : 'h12' }),
    })
  const clocks = formatter({ hour: 'numeric', minute: '2-digit' })
  const clocksWithSeconds = formatter({ hour: 'numeric', minute: '2-digit', second: '2-digit' })
  const days = formatter({ weekday: 'short', month: 'short', day: 'numeric' })
  const zoneNames = formatter({ timeZoneName: 'short' })
  const dates = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  // Some versions of the locale data put a narrow no-break space before AM and PM.
  const say = (format: Intl.DateTimeFormat, at: At) => format.format(instantOf(at)).replace(/\u202f/g, ' ')

  const times = {
    zone,
    /** `4:05 PM`, or `16:05`. */
    clock: (at: At) => say(clocks, at),
    /** `4:05:09 PM` */
    clockWithSeconds: (at: At) => say(clocksWithSeconds, at),
    /** `Wed, Dec 2` */
    day: (at: At) => say(days, at),
    /** `Wed, Dec 2` of a date that is written `2026-12-02`. */
    dayOfDate: (date: string) =>
      new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'short', month: 'short', day: 'numeric' }).format(
        Date.parse(`${date}T00:00:00Z`),
      ),
    /** The calendar day there, `2026-12-02`. */
    date: (at: At) => dates.format(instantOf(at)),
    /** `CST`: the zone as people there say it, at that moment. */
    zoneName: (at: At) =>
      zoneNames.formatToParts(instantOf(at)).find(({ type }) => type === 'timeZoneName')?.value ?? zone,
    /** The clock, with the day unless it is that of `reference`. */
    short: (at: At, reference: At) =>
      times.date(at) === times.date(reference) ? times.clock(at) : `${times.day(at)}, ${times.clock(at)}`,
    /** `Wed, Dec 2, 4:05:09 PM CST (America/Chicago)` */
    full: (at: At) => `${times.day(at)}, ${times.clockWithSeconds(at)} ${times.zoneName(at)} (${zone})`,
  }
  return times
}

/** `3 min ago`, `in 2 h`, `just now`: how far a moment is, in the largest unit that fits. */
export function distance(at: At, now: At): string {
  const milliseconds = instantOf(at) - instantOf(now)
  const seconds = Math.round(Math.abs(milliseconds) / 1000)
  if (seconds < 10) return milliseconds > 0 ? 'in a moment' : 'just now'
  const { unit, size } = units.find(({ from }) => seconds >= from) ?? { unit: 's', size: 1 }
  const amount = `${Math.round(seconds / size)} ${unit}`
  return milliseconds > 0 ? `in ${amount}` : `${amount} ago`
}

const units = [
  { unit: 'days', from: 172_800, size: 86_400 },
  { unit: 'h', from: 5400, size: 3600 },
  { unit: 'min', from: 90, size: 60 },
]

function instantOf(at: At): number {
  return typeof at === 'number' ? at : Date.parse(at)
}
