import type { RouteFacts, StopRecord } from './facts'
import { openAfterWindowMs, settlesAt, windowOf } from './routeState'
import { confirmationMoment, type ScheduleDecision } from './schedule/confirmationSchedule'
import { type Numbers, type Timing, writeInstants } from './schedule/decision'
import { type ChangeDecision, changeDecision, type NewsDecision, newsDecision } from './schedule/eventTiming'
import type { Window } from './schedule/toldWindow'
import type { Subject } from './subject'
import { isDoubtful } from './told'
import type { Channel, Instant, SuppressionReason } from './words'

/** Everything that can say when a message goes. `domain/explaining/ruleSentences.ts` has a sentence for each. */
export type NotificationRule =
  | ScheduleDecision['rule']
  | NewsDecision['rule']
  | ChangeDecision['rule']
  | 'change_age'
  | 'no_stop_to_come'
  | 'resend'

/** When a message goes by the rules of its event, and the window that it speaks of. */
export type NotificationTiming = {
  rule: NotificationRule
  numbers: Numbers
  window: Window | null
} & Timing<SuppressionReason>

/** When a message goes as far as its event's own rules are concerned, whether or not the plan still calls for it. */
export function timingOf(facts: RouteFacts, subject: Subject, now: Instant): NotificationTiming {
  const timing = timingByEvent(facts, subject, now)
  const resentAt = subject.notification?.resentAt ?? null
  // Whoever asks to send it again does not wait for the cutoff; too late, or held by the night, it is all the same.
  if (resentAt === null || timing.action !== 'send') return timing
  const asked = writeInstants({ resentAt }, facts.settings.timeZone)
  return { ...timing, rule: 'resend', numbers: { ...timing.numbers, ...asked }, at: resentAt }
}

function timingByEvent(facts: RouteFacts, subject: Subject, now: Instant): NotificationTiming {
  const { stop, event, recipient, told, notification } = subject
  if (stop === null) return summaryTiming(facts, now)
  const { settings } = facts
  const zone = stop.timeZone ?? settings.timeZone
  // The company's own people are told at any hour: the timing of an email.
  const channel = recipient.internal ? 'email' : recipient.channel
  const quiet = { channel, now, quietHours: settings.quietHours, zone }
  // An email that may have gone out is sent again as it was, or not at all.
  const attempted = notification !== null && isDoubtful(notification) ? notification.window : null
  const planned = attempted ?? windowOf(facts, stop)
  switch (event) {
    case 'confirmed':
      return { window: planned, ...confirmation(facts, stop, channel, now) }
    case 'arrived':
    case 'departed': {
      const occurredAt = (event === 'arrived' ? stop.arrivedAt : stop.departedAt) ?? now
      const expected = told === null ? { scheduledAt: stop.scheduledAt } : { window: told.window }
      const { maxEventAgeMinutes } = settings.arrivals
      const news = newsDecision({ ...quiet, occurredAt, maxEventAgeMinutes, ...expected })
      return { window: told?.window ?? planned, ...news }
    }
    case 'updated':
    case 'cancelled': {
      // Once the customers have heard of a cancellation, what they had been told is only on the company's own message.
      const cancelled = attempted ?? told?.window ?? notification?.window ?? planned
      const spoken = event === 'updated' ? planned : cancelled
      const old = told?.window ?? spoken
      const uselessAfter = Math.max(old.end, spoken.end) + openAfterWindowMs
      if (now > uselessAfter) {
        const numbers = writeInstants({ now, uselessAfter }, zone)
        return { window: spoken, rule: 'change_age', numbers, action: 'suppress', reason: 'stale', byQuietHours: false }
      }
      const at = event === 'updated' ? (settlesAt(facts, now) ?? now) : now
      return { window: spoken, ...changeDecision({ ...quiet, at, speaksOfStart: Math.min(old.start, spoken.start) }) }
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
function summaryTiming(facts: RouteFacts, now: Instant): NotificationTiming {
  const moment = (timing: ScheduleDecision) => (timing.action === 'suppress' ? Number.POSITIVE_INFINITY : timing.at)
  const [first] = facts.stops
    .filter(({ status }) => status === 'pending')
    .map((stop) => confirmation(facts, stop, 'email', now))
    .sort((a, b) => moment(a) - moment(b))
  // Without a stop to come the message is withdrawn, so it has no moment of its own.
  return { window: null, ...(first ?? { rule: 'no_stop_to_come', numbers: {}, action: 'send', at: now }) }
}
