import type { ProviderAnswer } from '../../domain/provider'
import { connectTimeoutCode } from './connectsWithin'
import { TooManyRequests } from './twilioClient'
import { twilioFailure } from './twilioErrorCodes'

/**
 * Refused for now: "From queue is full", "queue overflow", and an address for receipts that Twilio cannot use, which says
 * nothing of the message.
 */
const notNow = new Set([21609, 21611, 30001])

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
  if (typeof code === 'number' && notNow.has(code)) return tryLater
  // The password is wrong, not the message: it goes when that is mended.
  if (status === 401) return tryLater
  return { outcome: 'permanent', ...told, ...twilioFailure(code, 'refused') }
}
