import type { ProviderAnswer } from '../../domain/provider'
import type { FailureReason } from '../../domain/reasons'

interface SmtpError extends Error {
  code?: string
  command?: string
  response?: string
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
  const { code, responseCode, permanent } = (error ?? {}) as SmtpError
  const message = error instanceof Error ? error.message : String(error)
  const told = { code: String(responseCode ?? code ?? 'no_answer'), message }
  if (code !== undefined && (neverLeft.has(code) || misconfigured.has(code))) {
    return { outcome: 'try_later', ...told, retryAfterMs: null }
  }
  if (permanent === true) return { outcome: 'permanent', ...told, reason: reasonOf(error as SmtpError) }
  if (permanent === false || responseCode !== undefined) return { outcome: 'try_later', ...told, retryAfterMs: null }
  return { outcome: 'unknown', ...told }
}

/** By the enhanced status code (RFC 3463) if the server gave one, else by the command that was refused. */
function reasonOf({ command, response, responseCode }: SmtpError): FailureReason {
  const [, subject] = response?.match(/^5\d\d[ -]5\.(\d)\.\d/) ?? []
  // 5.2.x: the mailbox is full or switched off. 5.7.x: policy or security, which no other address would mend.
  if (subject === '2' || responseCode === 552) return 'unreachable'
  if (subject === '7') return 'provider_refused'
  if (command?.startsWith('RCPT') === true) return 'invalid_address'
  return command === 'DATA' ? 'content_refused' : 'provider_refused'
}
