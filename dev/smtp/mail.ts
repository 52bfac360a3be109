import type { Readable } from 'node:stream'
import { type AddressObject, simpleParser } from 'mailparser'

/** A mail that the stand-in took. */
export interface ReceivedMail {
  /** With its angle brackets; empty when the mail has none. */
  messageId: string
  from: string
  /** The addresses of its To header. */
  to: string[]
  /** Where it was really sent: the addresses of RCPT TO, and of MAIL FROM. */
  envelope: { from: string; to: string[] }
  subject: string
  text: string
  html: string
  /** By name in lower case; a header that comes more than once has its last value. */
  headers: Record<string, string>
  /** Milliseconds since 1970, the stand-in's own clock. */
  receivedAt: number
  /** How often it came: a mailbox shows mails with one Message-ID once. */
  deliveries: number
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []].flat().flatMap(({ value }) => value.flatMap(({ address }) => (address ? [address] : [])))
}

/** Reads a mail as it comes after DATA. */
export async function parseMail(source: Readable, envelope: ReceivedMail['envelope']): Promise<ReceivedMail> {
  const mail = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true })
  const headers = mail.headerLines.map(({ key, line }): [string, string] => [
    key,
    line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n\s+/g, ' ')
      .trim(),
  ])
  return {
    messageId: mail.messageId ?? '',
    from: addressesOf(mail.from)[0] ?? '',
    to: addressesOf(mail.to),
    envelope,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: Object.fromEntries(headers),
    receivedAt: Date.now(),
    deliveries: 1,
  }
}
