import type { Report } from './state'

/** "Arrived and departed": what the reports about one stop say, as of a moment. */
export interface Visit {
  arrivedAt: number | null
  departedAt: number | null
  /** Somebody reported the arrival: it is not just inferred from the departure. */
  arrivalReported: boolean
  skipped: boolean
  /** When an entry will count unless the truck leaves before. */
  dwellEndsAt: number | null
}

/** What has been established about a stop stays: its status goes forward only. */
export type Established = Pick<Visit, 'arrivedAt' | 'departedAt'>

export function visitAt(known: Established, reports: Report[], dwell: number, now: number): Visit {
  const of = (...kinds: Report['kind'][]) => reports.filter(({ kind }) => kinds.includes(kind)).map(({ at }) => at)
  const leavings = of('exit', 'departed')

  // An entry counts after the dwell, if the truck did not leave in it.
  const staysLongEnough = (entry: number, by: number) =>
    by >= entry + dwell && !leavings.some((at) => at >= entry && at < entry + dwell)
  const trueArrivals = (by: number) => [
    ...of('arrived').filter((at) => at <= by),
    ...of('enter').filter((entry) => staysLongEnough(entry, by)),
  ]

  const departures = [
    ...of('departed'),
    ...of('exit').filter((at) => trueArrivals(at).length > 0 || (known.arrivedAt !== null && known.arrivedAt <= at)),
  ]
  const departure = earliest(departures)
  // A report of a later moment, though that be minutes ahead of the clock, says that the dwell has passed.
  const latest = Math.max(now, ...reports.map(({ at }) => at))
  const everyArrival = [...of('arrived'), ...of('enter').filter((entry) => staysLongEnough(entry, latest))]
  const inferred = departure === null ? [] : [entryBefore(departure, of('enter'), leavings) ?? departure]
  const arrivedAt = known.arrivedAt ?? earliest([...everyArrival, ...inferred])
  const departedAt = known.departedAt ?? (departure === null ? null : Math.max(departure, arrivedAt ?? departure))
  const undecided = of('enter').filter(
    (entry) => latest < entry + dwell && !leavings.some((at) => at >= entry && at < entry + dwell),
  )
  return {
    arrivedAt,
    departedAt,
    arrivalReported: everyArrival.some((at) => departedAt === null || at <= departedAt),
    skipped: of('skipped').length > 0,
    dwellEndsAt: arrivedAt === null && undecided.length > 0 ? Math.min(...undecided) + dwell : null,
  }
}

/** The entry of a departure that came within its dwell: the truck was there from then on. */
function entryBefore(departure: number, entries: number[], leavings: number[]): number | null {
  return earliest(
    entries.filter((entry) => entry <= departure && !leavings.some((at) => at >= entry && at < departure)),
  )
}

function earliest(moments: number[]): number | null {
  return moments.length > 0 ? Math.min(...moments) : null
}
