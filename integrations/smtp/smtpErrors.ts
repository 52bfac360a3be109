import type { Failure, ProviderAnswer } from '../../domain/provider'

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
  if (permanent === true) return { outcome: 'permanent', ...told, ...failureOf(error as SmtpError) }
  if (permanent === false || responseCode !== undefined) return { outcome: 'try_later', ...told, retryAfterMs: null }
  return { outcome: 'unknown', ...told }
}

/**
 * Why a mail server refuses for good, by its enhanced status code (RFC 3463, without the leading 5), in plain words. What
 * comes after the server took the mail, a bounce, goes to the sender's mailbox and is not read.
 */
export const smtpFailures: Readonly<Record<string, Failure>> = {
  '1.1': { reason: 'invalid_address', reasonText: 'This mailbox does not exist: correct it on the contract.' },
  '1.2': { reason: 'invalid_address', reasonText: 'This mail domain does not exist: correct it on the contract.' },
  '1.3': { reason: 'invalid_address', reasonText: 'This is no email address: correct it on the contract.' },
  '1.6': { reason: 'invalid_address', reasonText: 'The mailbox has moved and left no address.' },
  '1.10': {
    reason: 'invalid_address',
    reasonText: 'This mail domain takes no mail at all: correct it on the contract.',
  },
  '2.0': { reason: 'unreachable', reasonText: 'The mailbox does not take mail at present.' },
  '2.1': { reason: 'unreachable', reasonText: 'The mailbox is switched off.' },
  '2.2': { reason: 'unreachable', reasonText: 'The mailbox is full.' },
  '2.3': { reason: 'content_refused', reasonText: 'The mail is larger than the mailbox takes.' },
  '3.4': { reason: 'content_refused', reasonText: 'The mail is larger than the mail server takes.' },
  '4.4': { reason: 'unreachable', reasonText: 'The mail server finds no way to this domain.' },
  '7.1': { reason: 'provider_refused', reasonText: 'The mail server refuses mail from this sender: ask the operator.' },
  '7.26': { reason: 'provider_refused', reasonText: 'The sender’s domain lacks SPF, DKIM or DMARC: ask the operator.' },
}

/** By the enhanced status code if the server gave one, else by the reply and the command that it refused. */
function failureOf({ command, response, responseCode }: SmtpError): Failure {
  const [, subject = '', detail = ''] = response?.match(/^5\d\d[ -]5\.(\d{1,3})\.(\d{1,3})/) ?? []
  const known = smtpFailures[`${subject}.${detail}`]
  if (known !== undefined) return known
  // 5.2.x: the mailbox. 5.7.x: policy or security, which no other address would mend.
  if (subject === '2' || responseCode === 552) return { reason: 'unreachable' }
  if (subject === '7') return { reason: 'provider_refused' }
  if (command?.startsWith('RCPT') === true) return { reason: 'invalid_address' }
  return { reason: command === 'DATA' ? 'content_refused' : 'provider_refused' }
}
