/** What is known about one error of the API: its HTTP status, its title, and a sentence for whoever meets it. */
export interface ErrorMeaning {
  status: number
  /** Whether the very same request may succeed later without anybody changing anything. */
  retryable: boolean
  title: string
  sentence: string
}

/** Every way in which a request can fail. Closed: docs/errors.md lists the same codes, and a test compares the two. */
export const errorCodes = [
  'malformed_json',
  'bad_request',
  'unauthorized',
  'sign_in_failed',
  'invalid_signature',
  'forbidden',
  'cross_site_request',
  'not_found',
  'method_not_allowed',
  'arrival_source_is_geofence',
  'route_not_confirmed',
  'route_confirmed',
  'route_in_progress',
  'route_closed',
  'service_date_passed',
  'device_already_linked',
  'operator_exists',
  'not_resendable',
  'recipient_opted_out',
  'not_testable',
  'idempotency_key_reused',
  'idempotency_key_in_use',
  'precondition_failed',
  'payload_too_large',
  'unsupported_media_type',
  'invalid_request',
  'too_many_requests',
  'internal',
  'overloaded',
  'database_away',
] as const
export type ErrorCode = (typeof errorCodes)[number]

const once = (status: number, title: string, sentence: string): ErrorMeaning => ({
  status,
  retryable: false,
  title,
  sentence,
})
const later = (status: number, title: string, sentence: string): ErrorMeaning => ({
  ...once(status, title, sentence),
  retryable: true,
})

/** The one place that gives an error code its status and its words. */
export const errorMeanings: Record<ErrorCode, ErrorMeaning> = {
  malformed_json: once(400, 'Malformed JSON', 'The body is not JSON. Send one JSON object, encoded in UTF-8.'),
  bad_request: once(
    400,
    'Bad request',
    'The request could not be read as HTTP. Check its path, its length and its encoding.',
  ),
  unauthorized: once(
    401,
    'No valid key',
    'Send a valid API key as "Authorization: Bearer <key>"; in the console, sign in.',
  ),
  sign_in_failed: once(401, 'Not signed in', 'The email or the password is wrong.'),
  invalid_signature: once(
    401,
    'No valid signature',
    'The webhook does not carry a valid signature, or the company has no such integration. Compare the secret on both sides.',
  ),
  forbidden: once(
    403,
    'Not allowed',
    "The caller's role does not allow this call. Use a key, or sign in as somebody, with one of the roles named.",
  ),
  cross_site_request: once(
    403,
    'Not from the console',
    'A call that a session speaks for has to come from the console itself, with "X-Requested-With: dispatch-console".',
  ),
  not_found: once(404, 'Not found', 'There is no such thing, or it belongs to a company that the key is not for.'),
  method_not_allowed: once(
    405,
    'Method not allowed',
    'The path exists, but not for this method. "Allow" lists the methods.',
  ),
  arrival_source_is_geofence: once(
    409,
    'Arrivals come from the geofence',
    "The truck has a GPS device, so only its geofence events count. Unlink the device to use the driver's buttons.",
  ),
  route_not_confirmed: once(409, 'Route not confirmed', 'The route is still planned. Confirm it first.'),
  route_confirmed: once(
    409,
    'Route confirmed',
    'A confirmed route keeps its service date. Un-confirm it before moving it to another day.',
  ),
  route_in_progress: once(
    409,
    'Route in progress',
    'The truck has already arrived somewhere: the route cannot be un-confirmed. Cancel it instead.',
  ),
  route_closed: once(
    409,
    'Route closed',
    'The route is completed or cancelled, and nothing about it can change any more.',
  ),
  service_date_passed: once(
    409,
    'Service date passed',
    "The service date is before today in the company's time zone. Move the route to today or later, then confirm it.",
  ),
  device_already_linked: once(
    409,
    'Device already linked',
    'The device is linked to another truck of the company. Unlink it there first.',
  ),
  operator_exists: once(409, 'Operator exists', 'There is an operator with this email already.'),
  not_resendable: once(
    409,
    'Not resendable',
    'Only a notification that failed, was undelivered or whose outcome is unknown can be sent again.',
  ),
  recipient_opted_out: once(
    409,
    'Recipient opted out',
    'Whoever has this address has opted out, so not even a test is sent to it. Test with another address.',
  ),
  not_testable: once(
    409,
    'Not testable',
    'The integration makes no calls of its own, or lacks what they need. "detail" says what to set.',
  ),
  idempotency_key_reused: once(
    409,
    'Idempotency key used for another request',
    'The Idempotency-Key was sent before with another path or body. Use a new key for a new request.',
  ),
  idempotency_key_in_use: later(
    409,
    'Idempotency key in use',
    'The first request with this Idempotency-Key is still running. Repeat the request in a moment to get its answer.',
  ),
  precondition_failed: once(
    412,
    'Changed in the meantime',
    'If-Match names a version that is not the current one. Read the resource again, then repeat the change.',
  ),
  payload_too_large: once(413, 'Body too large', 'A body may have up to 1 MiB.'),
  unsupported_media_type: once(415, 'Unsupported media type', 'Send the body as application/json in UTF-8.'),
  invalid_request: once(
    422,
    'Invalid request',
    'Something in the request is not allowed: "problems" lists all of it, and nothing was stored.',
  ),
  too_many_requests: later(
    429,
    'Too many requests',
    'The key, or the address that calls, has used up its share for now. Repeat the request after "Retry-After" seconds.',
  ),
  internal: later(500, 'Internal error', 'Something went wrong on our side. The log has it under the request id.'),
  overloaded: later(
    503,
    'Overloaded',
    'More requests are under way than the process can serve in time. Repeat the request after "Retry-After" seconds.',
  ),
  database_away: later(
    503,
    'Database away',
    'The database cannot be reached. Repeat the request after "Retry-After" seconds.',
  ),
}

/** One thing wrong with a request: where (`stops.2.kind`), and what was given, what is allowed, what to do. */
export interface Problem {
  path: string
  message: string
}

/** A request that cannot be fulfilled. The API answers it as `application/problem+json`. */
export class ApiProblem extends Error {
  readonly code: ErrorCode
  readonly problems: readonly Problem[]

  /** `detail` is the sentence for this very case; without it the code's own is given. */
  constructor(code: ErrorCode, detail?: string, problems: readonly Problem[] = []) {
    super(detail ?? errorMeanings[code].sentence)
    this.name = 'ApiProblem'
    this.code = code
    this.problems = problems
  }
}
