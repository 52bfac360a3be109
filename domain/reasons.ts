import type { SuppressionReason } from './words'

/** Why a notification failed for good at the provider. */
export const failureReasons = [
  'opted_out',
  'invalid_address',
  'unreachable',
  'content_refused',
  'provider_refused',
] as const
export type FailureReason = (typeof failureReasons)[number]

const suppressionTexts: Record<SuppressionReason, string> = {
  notifications_off: 'Customer notifications are switched off for this company.',
  sms_off: 'Text messages are switched off for this company.',
  event_off: 'Messages about this event are switched off for this company.',
  channel_not_configured: 'No provider is configured for this channel: ask the operator.',
  opted_out: 'The recipient has opted out.',
  invalid_address: 'The address cannot receive messages.',
  quiet_hours: 'It would have reached the recipient during quiet hours.',
  stale: 'It was too late to be of use to the recipient.',
  cancelled: 'The stop, the route or the delivery notification was cancelled before it was sent.',
  not_confirmed: 'The route was un-confirmed before it was sent.',
  superseded: 'Something newer had happened before it was sent.',
}

const failureTexts: Record<FailureReason, string> = {
  opted_out: 'The recipient has opted out with the provider.',
  invalid_address: 'The provider says that no such number or mailbox exists.',
  unreachable: 'The phone or mailbox cannot be reached.',
  content_refused: 'The provider or carrier refused the text of the message.',
  provider_refused: 'The provider refused to send for this account: ask the operator.',
}

/** A reason in plain words, for the dispatcher; undefined for a word that is no reason. */
export function reasonText(status: 'suppressed' | 'failed' | 'undelivered', reason: string): string | undefined {
  const texts: Record<string, string> = status === 'suppressed' ? suppressionTexts : failureTexts
  return texts[reason]
}
