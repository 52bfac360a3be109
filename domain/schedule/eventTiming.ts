import type { QuietHours } from '../settings'
import type { Channel, Instant } from '../words'
import { type Decision, type Timing, writeInstants } from './decision'
import { permitted, quietSpan, touches } from './quietHours'
import type { Window } from './toldWindow'

interface QuietContext {
  channel: Channel
  now: Instant
  quietHours: QuietHours | null
  /** The zone of quiet hours: the stop's if it has one, else the company's. `numbers` are written in it. */
  zone: string
}

export type NewsInput = QuietContext & {
  occurredAt: Instant
  maxEventAgeMinutes: number
  /** The told window; for a customer who was told none, the stop's scheduled time. */
} & ({ window: Window } | { scheduledAt: Instant })

export type NewsDecision = Decision<'at_once' | 'quiet_hours' | 'event_age', 'quiet_hours' | 'stale'>

/**
 * Whether an `arrived` or `departed` message goes at `now` (rule 4, "Quiet hours", and "Arrived and departed"). It is never
 * held: a text in quiet hours goes if the told window touches them, and an event of more than `maxEventAgeMinutes` is news
 * no longer. Where both forbid it, `quiet_hours` is the reason, as in the list of reasons ("Delivery").
 */
export function newsDecision(input: NewsInput): NewsDecision {
  const { channel, now, occurredAt, maxEventAgeMinutes, quietHours, zone } = input
  const window = 'window' in input ? input.window : { start: input.scheduledAt, end: input.scheduledAt }
  const night = channel === 'sms' ? quietSpan(now, quietHours, zone) : null
  const instants = {
    occurredAt,
    now,
    windowStart: window.start,
    windowEnd: window.end,
    quietFrom: night?.start ?? null,
    quietTo: night?.end ?? null,
  }
  const numbers = { ...writeInstants(instants, zone), maxEventAgeMinutes }

  if (night && !touches(window, night)) {
    return { rule: 'quiet_hours', numbers, action: 'suppress', reason: 'quiet_hours', byQuietHours: true }
  }
  if (now - occurredAt > maxEventAgeMinutes * 60_000) {
    return { rule: 'event_age', numbers, action: 'suppress', reason: 'stale', byQuietHours: false }
  }
  return { rule: night ? 'quiet_hours' : 'at_once', numbers, action: 'send', at: now }
}

export interface ChangeInput extends QuietContext {
  /** When the message is due: the change, plus the time for which edits are collected. */
  at: Instant
  /** The start of the window that the message speaks of; for `updated` the earlier of the old one and the new. */
  speaksOfStart: Instant
}

export type ChangeDecision = Decision<'at_once' | 'quiet_hours' | 'before_the_window', never>

/**
 * When an `updated` or `cancelled` message goes ("After the plan changes"): at `at`, or for a text in quiet hours (at `at`,
 * or at `now` if that is later) at their end; but at once if the customer would by then wait for a truck in vain.
 */
export function changeDecision({ channel, at, now, speaksOfStart, quietHours, zone }: ChangeInput): ChangeDecision {
  const moment = Math.max(at, now)
  const free = permitted(moment, channel, quietHours, zone)
  const numbers = writeInstants({ at, now, permitted: free, speaksOfStart }, zone)
  if (free === moment) return { rule: 'at_once', numbers, action: 'send', at }
  const inVain = free > speaksOfStart
  const timing: Timing<never> = inVain ? { action: 'send', at } : { action: 'hold', at: free }
  return { rule: inVain ? 'before_the_window' : 'quiet_hours', numbers, ...timing }
}
