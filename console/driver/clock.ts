import { aheadBy, toleranceMs } from '../client/clockAhead'
import type { KeyValues } from './reports'

/** The API's clock, which decides when a press was: a phone's may be wrong. Kept, so that it holds without a connection, too. */
export function createClock(storage: KeyValues, phone: () => number = Date.now) {
  const key = 'driver-clock-ahead'
  let ahead = Number(storage.getItem(key) ?? 0)
  return {
    now: () => phone() + ahead,
    /** Takes the time over from an answer of the API. */
    note(answer: Pick<Response, 'headers'>): void {
      const said = aheadBy(answer, ahead, phone())
      if (said === null) return
      ahead = Math.abs(said) < toleranceMs ? 0 : said
      storage.setItem(key, String(ahead))
    },
  }
}
