import type { RouteFacts, StopRecord } from './facts'
import { recipientKey } from './recipients'
import { confirmationMoment, type ScheduleDecision } from './schedule/confirmationSchedule'
import type { Numbers, Timing } from './schedule/decision'
import { changeDecision, newsDecision } from './schedule/eventTiming'
import type { Window } from './schedule/toldWindow'
import { hasMoved, type Subject, settlesAt, windowOf } from './subjects'
import { type Channel, type Instant, type SuppressionReason, suppressionReasons } from './words'

/** Which channels have a provider: without Twilio or SMTP configuration a channel is closed. */
export type ConfiguredChannels = Record<Channel, boolean>

/** What becomes of one notification, and why: the explanation shown to people. */
export type NotificationDecision = { rule: string; numbers: Numbers; window: Window | null } & Timing<SuppressionReason>

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
  const { rule, numbers, window, ...planned } = timingOf(facts, subject, now)
  const timing: Timing<SuppressionReason> = notBefore(planned, subject.notification?.lastAttempt?.retryAt ?? null)
  const withdrawn = withdrawal(facts, subject)
  const unreachable = whyUnreachable(facts, subject, configured)

  const due = timing.action === 'suppress' || timing.at <= now
  if (withdrawn === null && !(due && unreachable !== null)) return { rule, numbers, window, ...timing }

  const holding = [unreachable, withdrawn, timing.action === 'suppress' ? timing.reason : null]
  const reason = suppressionReasons.find((candidate) => holding.includes(candidate))
  if (reason === undefined) return { rule, numbers, window, ...timing }
  const byQuietHours = timing.action === 'suppress' && timing.byQuietHours
  return { rule, numbers, window, action: 'suppress', reason, byQuietHours }
}

/** Why a recipient cannot be told at all at present: switches, configuration, consent. */
export function whyUnreachable(
  facts: RouteFacts,
  { event, recipient }: Subject,
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

/** Why the plan no longer calls for the message; null if it does. */
function withdrawal(facts: RouteFacts, { stop, event, recipient, told, listed }: Subject): SuppressionReason | null {
  const { status } = facts.route
  if (!listed) return 'cancelled'
  if (event === 'cancelled') {
    const stillCancelled = status === 'cancelled' || stop?.status === 'cancelled'
    return stillCancelled ? null : 'superseded'
  }
  if (status === 'cancelled' || stop?.status === 'cancelled' || stop?.status === 'skipped') return 'cancelled'
  if (status === 'planned') return 'not_confirmed'
  if (stop === null) return null
  switch (event) {
    case 'confirmed':
      return stop.arrivedAt !== null ? 'superseded' : null
    case 'arrived':
      return stop.departedAt !== null ? 'superseded' : null
    case 'departed':
      return null
    case 'updated': {
      const movedBack = !recipient.internal && (told === null || !hasMoved(stop, told.window))
      return stop.arrivedAt !== null || movedBack ? 'superseded' : null
    }
  }
}

type Timed = { rule: string; numbers: Numbers; window: Window | null } & Timing<SuppressionReason>

function timingOf(facts: RouteFacts, subject: Subject, now: Instant): Timed {
  const { stop, event, recipient, told } = subject
  const { settings } = facts
  if (stop === null) return routeTiming(facts, now)
  // The company's own people are told at any hour: the timing of an email.
  const channel = recipient.internal ? 'email' : recipient.channel
  const quiet = { channel, now, quietHours: settings.quietHours, zone: stop.timeZone ?? settings.timeZone }
  const window = windowOf(facts, stop)
  switch (event) {
    case 'confirmed':
      return { window, ...confirmation(facts, stop, channel, now) }
    case 'arrived':
    case 'departed': {
      const occurredAt = (event === 'arrived' ? stop.arrivedAt : stop.departedAt) ?? now
      const expected = told === null ? { scheduledAt: stop.scheduledAt } : { window: told.window }
      const { maxEventAgeMinutes } = settings.arrivals
      return {
        window: told?.window ?? window,
        ...newsDecision({ ...quiet, occurredAt, maxEventAgeMinutes, ...expected }),
      }
    }
    case 'updated': {
      const speaksOfStart = Math.min(told?.window.start ?? window.start, window.start)
      return { window, ...changeDecision({ ...quiet, at: settlesAt(facts, now) ?? now, speaksOfStart }) }
    }
    case 'cancelled': {
      const spoken = told?.window ?? window
      return { window: spoken, ...changeDecision({ ...quiet, at: now, speaksOfStart: spoken.start }) }
    }
  }
}

function confirmation(facts: RouteFacts, stop: StopRecord, channel: Channel, now: Instant): ScheduleDecision {
  const minimumAt = settlesAt(facts, now)
  return confirmationMoment({
    settings: facts.settings,
    serviceDate: facts.route.serviceDate,
    confirmedAt: Math.max(facts.route.confirmedAt ?? now, stop.addedAt ?? 0),
    channel,
    quietZone: stop.timeZone ?? facts.settings.timeZone,
    window: windowOf(facts, stop),
    ...(minimumAt === null ? {} : { minimumAt }),
    now,
  })
}

/** The internal message about the whole route goes when its first confirmation is due. */
function routeTiming(facts: RouteFacts, now: Instant): Timed {
  let first: ScheduleDecision | null = null
  for (const stop of facts.stops) {
    if (stop.status !== 'pending') continue
    const decision = confirmation(facts, stop, 'email', now)
    if (first === null || momentOf(decision) < momentOf(first)) first = decision
  }
  if (first !== null) return { window: null, ...first }
  return {
    window: null,
    rule: 'first_confirmation',
    numbers: {},
    action: 'suppress',
    reason: 'cancelled',
    byQuietHours: false,
  }
}

function momentOf(timing: Timing<SuppressionReason>): number {
  return timing.action === 'suppress' ? Number.POSITIVE_INFINITY : timing.at
}

/** A provider that asked to be tried later is not called before. */
function notBefore(timing: Timing<SuppressionReason>, retryAt: number | null): Timing<SuppressionReason> {
  return timing.action === 'suppress' || retryAt === null ? timing : { ...timing, at: Math.max(timing.at, retryAt) }
}
