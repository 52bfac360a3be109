import type { components } from './apiTypes.gen'

type Problem = Pick<components['schemas']['Problem'], 'title' | 'detail' | 'problems'> & {
  status: number
  code: string
}

export const connectionLost: Problem = {
  status: 0,
  code: 'connection_lost',
  title: 'The server does not answer',
  detail: 'Check the connection. What is on the page may be out of date.',
}

/** An answer of the API that is not what was asked for, with its problem as the API tells it (RFC 9457). */
export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    readonly requestId: string | null = null,
  ) {
    super(problem.detail)
    this.name = 'ApiError'
  }

  /** Of whatever came: a proxy before the API may answer with something that is no problem at all. */
  static of(body: unknown, response: Response): ApiError {
    const requestId = response.headers.get('x-request-id')
    if (isProblem(body)) return new ApiError(body, requestId)
    const detail = `It answered ${response.status} ${response.statusText}.`.replace(' .', '.')
    return new ApiError(
      { status: response.status, code: 'not_understood', title: 'The server’s answer was not understood', detail },
      requestId,
    )
  }

  /** Whether trying again may help: the server was away or busy. */
  get isPassing(): boolean {
    return this.problem.status === 0 || this.problem.status === 429 || this.problem.status >= 502
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'title' in body
}
