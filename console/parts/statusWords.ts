import type { Shown } from '../client/api'

type Status = Shown['Notification']['status']

/** What a status says at a glance; colour is never the only sign. */
export type Tone = 'good' | 'waiting' | 'warning' | 'bad' | 'quiet'

export interface StatusWords {
  text: string
  symbol: string
  tone: Tone
}

const words: Record<Status, StatusWords> = {
  planned: { text: 'Planned', symbol: '◦', tone: 'quiet' },
  held: { text: 'Held for quiet hours', symbol: '◦', tone: 'waiting' },
  sending: { text: 'Sending', symbol: '•', tone: 'waiting' },
  accepted: { text: 'Delivering', symbol: '•', tone: 'waiting' },
  sent: { text: 'Sent', symbol: '•', tone: 'good' },
  delivered: { text: 'Delivered', symbol: '✓', tone: 'good' },
  undelivered: { text: 'Not delivered', symbol: '!', tone: 'bad' },
  failed: { text: 'Failed', symbol: '!', tone: 'bad' },
  unknown: { text: 'Nobody knows whether it went out', symbol: '?', tone: 'warning' },
  suppressed: { text: 'Not sent', symbol: '–', tone: 'quiet' },
}

const whyNotSent: Record<string, string> = {
  notifications_off: 'notifications are switched off',
  sms_off: 'texts are switched off',
  event_off: 'this event is switched off',
  channel_not_configured: 'no provider is set up',
  opted_out: 'opted out',
  invalid_address: 'address does not exist',
  quiet_hours: 'quiet hours',
  stale: 'too late to be of use',
  cancelled: 'cancelled before',
  not_confirmed: 'route was un-confirmed',
  superseded: 'something newer happened',
}

const whyFailed: Record<string, string> = {
  opted_out: 'Recipient has opted out',
  invalid_address: 'No such number or mailbox',
  unreachable: 'Phone or mailbox cannot be reached',
  content_refused: 'Carrier refused the text',
  provider_refused: 'Provider refused our account',
}

/** Reasons after which a person may have to do something: nobody chose that this customer is not told. */
export const unwanted = ['channel_not_configured', 'opted_out', 'invalid_address', 'quiet_hours', 'stale']

/** A notification's status as a dispatcher would say it. */
export function statusWords({ status, reason }: { status: Status; reason?: string | undefined }): StatusWords {
  const said = words[status]
  if (reason === undefined) return said
  if (status === 'suppressed')
    return {
      ...said,
      text: `Not sent: ${whyNotSent[reason] ?? reason}`,
      tone: unwanted.includes(reason) ? 'warning' : said.tone,
    }
  if (status === 'failed' || status === 'undelivered') return { ...said, text: whyFailed[reason] ?? said.text }
  return said
}
