import nodemailer from 'nodemailer'
import type { MessageSender } from '../../domain/provider'
import { answerOfSmtpError } from './smtpErrors'

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password if the server asks for them. */
  url: string
  /** The sender of every mail: `dispatch@example.com` or `Acme Rentals <dispatch@example.com>`. */
  from: string
  /** A mail server that is silent for longer, milliseconds, is asked again later; 10 s without it. */
  silentForMs?: number
}

/** One bare address. Nodemailer reads anything with a comma, a bracket or a line break as a list, wherever it is given. */
const oneAddress = /^[^\s<>(),;:"\\[\]@]+@[^\s<>(),;:"\\[\]@]+$/

const noAddress = {
  outcome: 'permanent',
  code: 'no_address',
  message: 'The address is not one bare email address. It was not used.',
  reason: 'invalid_address',
} as const

/**
 * Emails by SMTP, one mail a recipient. A notification has one Message-ID for ever: a mail that is sent again because its
 * outcome was unknown is the same mail to every mailbox that folds duplicates.
 */
export function smtpSender({ url, from, silentForMs = 10_000 }: SmtpSettings): MessageSender & { close(): void } {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: silentForMs,
    greetingTimeout: silentForMs,
    socketTimeout: silentForMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const sender = from.match(/<([^<>]+)>\s*$/)?.[1] ?? from
  const domain = sender.slice(sender.lastIndexOf('@') + 1)
  return {
    async send({ notificationId, address, subject, text, html }) {
      if (!oneAddress.test(address)) return noAddress
      try {
        await transport.sendMail({
          from,
          to: { name: '', address },
          envelope: { from: sender, to: [address] },
          subject: subject ?? '',
          text,
          ...(html === null ? {} : { html }),
          messageId: `<n-${notificationId}@${domain}>`,
          headers: { 'X-Notification-ID': notificationId, 'Auto-Submitted': 'auto-generated' },
          // Its turn for a connection included: behind a server that hangs, mails would queue here for an hour.
          signal: AbortSignal.timeout(2 * silentForMs),
        })
        return { outcome: 'accepted', providerId: null }
      } catch (error) {
        return answerOfSmtpError(error)
      }
    },
    close: () => transport.close(),
  }
}
