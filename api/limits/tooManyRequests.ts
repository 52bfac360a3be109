import { ApiProblem } from '../../domain/errors'

/** A refusal until `waitMs` have passed. */
export class TooManyRequests extends ApiProblem {
  readonly retryAfterSeconds: number

  constructor(waitMs: number, what: string) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
    super('too_many_requests', `${what} Go on in ${seconds} seconds.`)
    this.retryAfterSeconds = seconds
  }
}
