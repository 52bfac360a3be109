import type { ProviderAnswer } from '../../domain/provider'
import type { FailureReason } from '../../domain/reasons'

interface SmtpError extends Error {
  code?: string
  command?: string
  responseCode?: number
  permanent?: boolean
}

/** The mail cannot have left: no connection, or no name for the server. */
const neverLeft = new Set(['ESOCKET', 'EDNS', 'ECONNREFUSED'])
/** This side is set up wrongly; the message is right as it is and goes when that is mended. */
const misconfigured = new Set(['EAUTH', 'ETLS', 'ECONFIG', 'ENOAUTH', 'EREQUIRETLS'])

/**
 * What an error of a mail server says about the message (codes of nodemailer, replies of RFC 5321): 5yz refuses it for
 * good, 4yz for now; a connection lost after the message went out leaves it unknown.
 */
export function answerOfSmtpError(error: unknown): Exclude<ProviderAnswer, { outcome: 'accepted' }> {
  const { code, responseCode, permanent, command } = (error ?? {}) as SmtpError
  const message = error instanceof Error ? error.message : String(error)
  const told = { code: String(responseCode ?? code ?? 'no_answer'), message }
  if (code !== undefined && (neverLeft.has(code) || misconfigured.has(code))) {
    return { outcome: 'try_later', ...told, retryAfterMs: null }
  }
  if (permanent === true) return { outcome: 'permanent', ...told, reason: reasonOf(command, responseCode) }
  if (permanent === false || responseCode !== undefined) return { outcome: 'try_later', ...told, retryAfterMs: null }
  return { outcome: 'unknown', ...told }
}

function reasonOf(command: string | undefined, responseCode: number | undefined): FailureReason {
  if (command?.startsWith('RCPT') === true) return responseCode === 552 ? 'unreachable' : 'invalid_address'
  return command === 'DATA' ? 'content_refused' : 'provider_refused'
}
