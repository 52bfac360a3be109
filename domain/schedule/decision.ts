import type { Instant, SuppressionReason } from '../words'
import { isoAt } from './zonedTime'

/** What a decision used, for the people who ask why: instants as ISO 8601 with an offset, null for what it did without. */
export type Numbers = Record<string, string | number | null>

/** When a message goes, or why it does not. */
export type Timing<Reason extends SuppressionReason> =
  | { action: 'send'; at: Instant }
  /** Kept back by quiet hours until `at`. */
  | { action: 'hold'; at: Instant }
  | Suppressed<Reason>

/** `byQuietHours`: but for quiet hours it would have gone. Without a reason (`never`) there is no such timing. */
type Suppressed<Reason> = Reason extends SuppressionReason
  ? { action: 'suppress'; reason: Reason; byQuietHours: boolean }
  : never

/** A timing with its explanation: the rule that led to it and the numbers that the rule used. */
export type Decision<Rule extends string, Reason extends SuppressionReason> = {
  rule: Rule
  numbers: Numbers
} & Timing<Reason>

/** Writes named instants the way `Numbers` keeps them; null stays null. */
export function writeInstants(instants: Record<string, Instant | null>, zone: string): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(instants).map(([name, instant]) => [name, instant === null ? null : isoAt(instant, zone)]),
  )
}
