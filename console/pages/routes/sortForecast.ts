import type { Shown } from '../../client/api'

type Entry = Shown['Forecast']['notifications'][number]

export interface SortedForecast {
  /** What goes by itself, by its moment. */
  told: Entry[]
  /** News of the visit: nobody knows when. */
  later: Entry[]
  /** Emails for when the text fails. */
  reserve: Entry[]
  /** What is not sent, and why. */
  suppressed: Entry[]
}

/** A forecast by what a dispatcher asks: who is told and when; who is told of the visit; who is not told. */
export function sortForecast({ notifications }: Pick<Shown['Forecast'], 'notifications'>): SortedForecast {
  const sorted: SortedForecast = { told: [], later: [], reserve: [], suppressed: [] }
  for (const entry of notifications) {
    if (entry.action === 'suppress') sorted.suppressed.push(entry)
    else if (entry.action === 'hold' && entry.sendAt === undefined) sorted.reserve.push(entry)
    else if (entry.sendAt === undefined) sorted.later.push(entry)
    else sorted.told.push(entry)
  }
  sorted.told.sort((a, b) => Date.parse(a.sendAt ?? '') - Date.parse(b.sendAt ?? ''))
  return sorted
}
