import type { ErrorRequestHandler, Response } from 'express'
import { isDatabaseAway } from '../../db/connect'
import { InvalidCursorError } from '../../db/page'
import { ApiProblem, type ErrorCode, errorMeanings } from '../../domain/errors'
import { TooManyRequests } from '../limits/tooManyRequests'

/** Seconds after which a caller may try again when the database is away. */
const retryAfter = '5'

/** Answers every error as `application/problem+json` (RFC 9457) with a code of the closed list. */
export const sendProblem: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const problem = toProblem(error)
  if (problem.code === 'internal')
    request.log.error({ err: error }, 'A request failed for a reason that nobody foresaw')
  if (problem.code === 'database_away') request.log.error({ err: error }, 'The database is away')
  // Too late for an answer: express closes the connection, so that the caller sees that it is cut off.
  if (response.headersSent) return next(error)
  writeProblem(response, problem)
}

function writeProblem(response: Response, problem: ApiProblem): void {
  const { status, title, retryable } = errorMeanings[problem.code]
  if (retryable && status === 503) response.set('Retry-After', retryAfter)
  if (problem.code === 'idempotency_key_in_use') response.set('Retry-After', '1')
  if (problem instanceof TooManyRequests) response.set('Retry-After', String(problem.retryAfterSeconds))
  if (status === 401) response.set('WWW-Authenticate', 'Bearer')
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:dispatch-notifications:problem:${problem.code}`,
        title,
        status,
        code: problem.code,
        detail: problem.message,
        ...(problem.problems.length > 0 && { problems: problem.problems }),
      }),
    )
}

/** What an error that was thrown anywhere means to the caller. */
function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (isDatabaseAway(error)) return new ApiProblem('database_away')
  if (error instanceof InvalidCursorError)
    return new ApiProblem('invalid_request', error.message, [{ path: 'query.cursor', message: error.message }])
  const code = codeOfBodyError(error)
  return code === null ? new ApiProblem('internal') : new ApiProblem(code)
}

const byType: Record<string, ErrorCode> = {
  'entity.parse.failed': 'malformed_json',
  'entity.too.large': 'payload_too_large',
  'encoding.unsupported': 'unsupported_media_type',
  'charset.unsupported': 'unsupported_media_type',
}

/** Errors of express and its body parser carry a type and a status below 500 when the request is to blame. */
function codeOfBodyError(error: unknown): ErrorCode | null {
  if (!(error instanceof Error)) return null
  const { type, status } = error as Error & { type?: unknown; status?: unknown }
  if (typeof type === 'string' && byType[type] !== undefined) return byType[type]
  return typeof status === 'number' && status >= 400 && status < 500 ? 'bad_request' : null
}
