import { ApiProblem } from '../../domain/errors'

/** A version of the settings as an `ETag`. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/**
 * The version that a change expects to find, by its `If-Match`; undefined when it takes any. Throws
 * `precondition_failed` when the current version is none of those named.
 */
export function expectedVersion(ifMatch: string | undefined, current: number): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const named = ifMatch.split(',').map((tag) => tag.trim())
  if (named.includes(etagOf(current))) return current
  throw staleVersion(ifMatch, current)
}

/** Said when somebody else has saved in the meantime. */
export function staleVersion(ifMatch: string | undefined, current: number): ApiProblem {
  return new ApiProblem(
    'precondition_failed',
    `If-Match is ${ifMatch ?? 'missing'}, and the current version is ${etagOf(current)}. Read the settings again, then repeat the change.`,
  )
}
