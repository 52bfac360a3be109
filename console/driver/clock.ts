import type { KeyValues } from './reports'

/** Less than this between phone and API is the answer's way through the air, and a Date has whole seconds. */
const toleranceMs = 5_000

/** The API's clock, which decides when a press was: a phone's may be wrong. Kept, so that it holds without a connection, too. */
export function createClock(storage: KeyValues, phone: () => number = Date.now) {
  const key = 'driver-clock-ahead'
  let ahead = Number(storage.getItem(key) ?? 0)
  return {
    now: () => phone() + ahead,
    /** Takes the time over from an answer of the API. */
    note({ headers }: Pick<Response, 'headers'>): void {
      const said = Date.parse(headers.get('Date') ?? '') - phone()
      if (Number.isNaN(said) || Math.abs(said - ahead) < toleranceMs) return
      ahead = Math.abs(said) < toleranceMs ? 0 : said
      storage.setItem(key, String(ahead))
    },
  }
}
