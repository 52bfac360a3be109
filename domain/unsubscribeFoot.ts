import { escapeHtml } from './templates/html'

/** The foot of an email to a customer: how to get no more of them (RFC 2369, "List-Unsubscribe", says it to mail programs). */
export function withUnsubscribeFoot<Message extends { text: string; html: string | null }>(
  message: Message,
  link: string,
): Message {
  const foot = `<p><small><a href="${escapeHtml(link)}">Unsubscribe</a> from these emails.</small></p>`
  return {
    ...message,
    text: `${message.text}\n\nUnsubscribe from these emails: ${link}`,
    // The text of the page is escaped: it has one such tag. Not a pattern, in which `$` would have a meaning.
    html: message.html?.split('</body>').join(`${foot}\n</body>`) ?? null,
  }
}
