import createClient from 'openapi-fetch'
import { ApiError, connectionLost } from './apiError'
import type { components, paths } from './apiTypes.gen'
import { heard, notHeard } from './connection'
import { noteServerNow } from './serverClock'

/** What the API calls things: `Shown['Route']` is a route as it is answered. */
export type Shown = components['schemas']

/**
 * The API by its own OpenAPI document: a path, parameter or field that it does not have fails the build. Requests carry the
 * session's cookie, and the header without which a foreign page could not have sent them.
 */
export const api = createClient<paths>({
  baseUrl: '/',
  credentials: 'same-origin',
  headers: { 'X-Requested-With': 'dispatch-console' },
})

api.use({
  onResponse(answer) {
    noteServerNow(answer)
    return heard()
  },
  onError() {
    notHeard()
    return new ApiError(connectionLost)
  },
})

/**
 * The body of an answer; throws an `ApiError` for every other. Use: `await answered(api.GET('/v1/…', { … }))`.
 */
export async function answered<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await call
  if (response.ok) return data as Exclude<Data, undefined>
  throw ApiError.of(error, response)
}
