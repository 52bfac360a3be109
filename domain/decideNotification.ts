import type { RouteFacts } from './facts'
import { type NotificationTiming, timingOf } from './notificationTiming'
import { recipientKey } from './recipients'
import type { Subject } from './subject'
import { withdrawalOf } from './withdrawal'
import { type Channel, type Instant, type SuppressionReason, suppressionReasons } from './words'

/** Which channels have a provider: without Twilio or SMTP configuration a channel is closed. */
export type ConfiguredChannels = Record<Channel, boolean>

/** What becomes of one notification, and why: the explanation shown to people. */
export type NotificationDecision = NotificationTiming & {
  /** The plan does not call for it, or no longer, whatever reason comes first. */
  withdrawn: boolean
}

/**
 * Decides one notification from the facts as of `now`: the one function that plans it, forecasts it and is asked again
 * right before the provider is called. A notification is suppressed for good when it is due or can never be sent; a switch
 * that is off says nothing before that, since it may be on by then. Where several reasons hold, the first of the closed
 * list is given.
 */
export function decideNotification(
  facts: RouteFacts,
  subject: Subject,
  now: Instant,
  configured: ConfiguredChannels,
): NotificationDecision {
  const timing = notBefore(timingOf(facts, subject, now), subject.notification?.lastAttempt?.retryAt ?? null)
  const withdrawal = withdrawalOf(facts, subject)
  const unreachable = whyUnreachable(facts, subject, configured)
  const withdrawn = withdrawal !== null

  const due = timing.action === 'suppress' || timing.at <= now
  if (!withdrawn && !(due && unreachable !== null)) return { ...timing, withdrawn }

  const { rule, numbers, window } = timing
  const holding = [unreachable, withdrawal, timing.action === 'suppress' ? timing.reason : null]
  const reason = suppressionReasons.find((candidate) => holding.includes(candidate))
  if (reason === undefined) return { ...timing, withdrawn }
  const byQuietHours = timing.action === 'suppress' && timing.byQuietHours
  return { rule, numbers, window, withdrawn, action: 'suppress', reason, byQuietHours }
}

/** Why a recipient cannot be told at all at present: switches, configuration, consent. */
export function whyUnreachable(
  facts: RouteFacts,
  { event, recipient }: Pick<Subject, 'event' | 'recipient'>,
  configured: ConfiguredChannels,
): SuppressionReason | null {
  const { settings, optedOut } = facts
  if (!settings.customerNotifications) return 'notifications_off'
  if (recipient.channel === 'sms' && !settings.smsEnabled) return 'sms_off'
  if (!settings.events[event].enabled) return 'event_off'
  if (!configured[recipient.channel]) return 'channel_not_configured'
  if (!recipient.internal && optedOut.has(recipientKey(recipient))) return 'opted_out'
  return null
}

/** A provider that asked to be tried later is not called before. */
function notBefore(timing: NotificationTiming, retryAt: Instant | null): NotificationTiming {
  return timing.action === 'suppress' || retryAt === null ? timing : { ...timing, at: Math.max(timing.at, retryAt) }
}
