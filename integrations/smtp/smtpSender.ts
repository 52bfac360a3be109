import nodemailer from 'nodemailer'
import type { MessageSender } from '../../domain/provider'
import { withUnsubscribeFoot } from '../../domain/unsubscribeFoot'
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
    async send(message) {
      const { notificationId, address, subject, unsubscribeLink } = message
      if (!oneAddress.test(address)) return noAddress
      const { text, html } = unsubscribeLink === null ? message : withUnsubscribeFoot(message, unsubscribeLink)
      try {
        await transport.sendMail({
          from,
          to: { name: '', address },
          envelope: { from: sender, to: [address] },
          subject: subject ?? '',
          text,
          ...(html === null ? {} : { html }),
          messageId: `<n-${notificationId}@${domain}>`,
          headers: {
            'X-Notification-ID': notificationId,
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribeLink === null ? {} : unsubscribeHeaders(unsubscribeLink)),
          },
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

/** One-click unsubscribing by the mail program (RFC 2369 and RFC 8058). The link must stay in one piece on one line. */
function unsubscribeHeaders(link: string) {
  return {
    'List-Unsubscribe': { prepared: true, value: `<${link}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}
