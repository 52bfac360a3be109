import type { ApiProblem } from '../../domain/errors'
import { preconditionFailed, tagsNamed } from '../http/ifMatch'

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
  if (tagsNamed(ifMatch).includes(etagOf(current))) return current
  throw staleVersion(ifMatch, current)
}

/** Said when somebody else has saved in the meantime. */
export function staleVersion(ifMatch: string | undefined, current: number): ApiProblem {
  return preconditionFailed(ifMatch, `the current version is ${etagOf(current)}`, 'settings')
}
