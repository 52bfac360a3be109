import type { ProviderAnswer } from '../../domain/provider'
import type { FailureReason } from '../../domain/reasons'
import { connectTimeoutCode } from './connectsWithin'
import { TooManyRequests } from './twilioClient'

/**
 * Twilio's error codes that say more than "refused" (twilio.com/docs/api/errors). Twilio refines its codes over time, so
 * a code that is not here is judged by its HTTP status alone.
 */
const reasons: Record<number, FailureReason> = {
  21211: 'invalid_address',
  21214: 'invalid_address',
  21217: 'invalid_address',
  21610: 'opted_out',
  21614: 'invalid_address',
  21635: 'unreachable',
  30003: 'unreachable',
  30004: 'content_refused',
  30005: 'invalid_address',
  30006: 'unreachable',
  30007: 'content_refused',
  21602: 'content_refused',
  21617: 'content_refused',
}

/** "From queue is full" and "queue overflow": refused for now. */
const busy = new Set([21611, 30001])

/** The connection was never made: the request cannot have reached Twilio. */
const neverLeft = new Set([
  connectTimeoutCode,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
])
/** Node's names for a certificate that does not convince: the request is not sent to whoever showed it. */
const badCertificate = /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_)/

/** What an error of a call to Twilio says about the message: refused for good, refused for now, or nobody knows. */
export function answerOfTwilioError(error: unknown): Exclude<ProviderAnswer, { outcome: 'accepted' }> {
  const { status, code } = (error ?? {}) as { status?: unknown; code?: unknown }
  const message = error instanceof Error ? error.message : String(error)
  const told = { code: String(code ?? status ?? 'no_answer'), message }
  const tryLater = { outcome: 'try_later', ...told, retryAfterMs: null } as const

  if (error instanceof TooManyRequests) return { ...tryLater, code: '20429', retryAfterMs: error.retryAfterMs }
  if (typeof code === 'string' && (neverLeft.has(code) || badCertificate.test(code))) return tryLater
  if (typeof status !== 'number' || status >= 500 || status === 408) return { outcome: 'unknown', ...told }
  if (typeof code === 'number' && busy.has(code)) return tryLater
  // The password is wrong, not the message: it goes when that is mended.
  if (status === 401) return tryLater
  return { outcome: 'permanent', ...told, reason: reasonOfTwilioCode(code) }
}

/** Why a text failed for good, by Twilio's error code; of a receipt too. */
export function reasonOfTwilioCode(code: unknown): FailureReason {
  return reasons[Number(code)] ?? 'provider_refused'
}
