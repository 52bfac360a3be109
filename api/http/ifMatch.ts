import { ApiProblem } from '../../domain/errors'

/** The entity tags that an `If-Match` names (RFC 9110, 13.1.1). */
export function tagsNamed(ifMatch: string): string[] {
  return ifMatch.split(',').map((tag) => tag.trim())
}

/** Said when somebody else has changed `what` in the meantime; `now` is what holds instead. */
export function preconditionFailed(ifMatch: string | undefined, now: string, what: string): ApiProblem {
  return new ApiProblem(
    'precondition_failed',
    `If-Match is ${ifMatch ?? 'missing'}, and ${now}. Read the ${what} again, then repeat the change.`,
  )
}
