/** Less than this between here and the API is the answer's way, and a `Date` has whole seconds. */
export const toleranceMs = 5_000

/**
 * By how much the API's clock is ahead of the one here, by the `Date` of an answer, in milliseconds; null when the answer
 * does not say, or nothing that is not known.
 */
export function aheadBy({ headers }: Pick<Response, 'headers'>, known: number, now: number): number | null {
  const said = Date.parse(headers.get('Date') ?? '') - now
  return Number.isNaN(said) || Math.abs(said - known) < toleranceMs ? null : said
}
