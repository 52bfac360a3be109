import type { RouteFacts } from './facts'
import type { OutgoingMessage } from './provider'
import type { Window } from './schedule/toldWindow'
import type { Subject } from './subject'
import { renderMessage } from './templates/renderMessage'
import { routeSummary } from './templates/routeSummary'
import { specialFieldsOf } from './templates/specialFields'

/** What a recipient will read: the message of a notification, rendered from the facts ("What is said"). */
export type ComposedMessage = Pick<OutgoingMessage, 'subject' | 'text' | 'html'> & { shortened: boolean }

/** Renders a notification's message. `window` is the one that it speaks of; null for one about the whole route. */
export function composeMessage(
  facts: RouteFacts,
  { stop, event, recipient }: Pick<Subject, 'stop' | 'event' | 'recipient'>,
  window: Window | null,
): ComposedMessage {
  const { settings, route, company } = facts
  if (stop === null) return routeSummary(facts, recipient.channel)
  const number = recipient.contractNumbers[0]
  const rendered = renderMessage({
    templates: settings.events[event],
    channel: recipient.channel,
    characterLimit: settings.sms.characterLimit,
    fields: specialFieldsOf({
      company,
      contract: (number === undefined ? undefined : facts.contracts.get(number)) ?? null,
      contractNumbers: recipient.contractNumbers,
      stop,
      window,
      route,
      driver: route.driverName === null ? null : { name: route.driverName },
      truck: route.truck,
      zone: stop.timeZone ?? settings.timeZone,
      timeFormat: settings.timeFormat,
    }),
  })
  return rendered.channel === 'sms'
    ? { subject: null, text: rendered.text, html: null, shortened: rendered.shortened }
    : { subject: rendered.subject, text: rendered.text, html: rendered.html, shortened: false }
}

/**
 * Null for a message that cannot be put into words (a template that got past its check, or that comes to nothing with
 * these fields): it is not sent, and must not hold up the others.
 */
export function messageOrNothing(...input: Parameters<typeof composeMessage>): ComposedMessage | null {
  try {
    const composed = composeMessage(...input)
    return composed.text === '' ? null : composed
  } catch {
    return null
  }
}
