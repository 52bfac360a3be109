import type { SmtpFaultInput } from '../smtp/faults'
import type { TwilioFaultInput } from '../twilio/faults'
import type { Dice } from './dice'

type Fault<Input> = Input extends unknown ? Omit<Input, 'to' | 'times' | 'on'> : never
/** What a provider does to the next message for one address. */
export type TextFault = Fault<TwilioFaultInput>
export type MailFault = Fault<Exclude<SmtpFaultInput, { kind: 'refuse_connection' }>>

/** In hundred messages; the rest is taken at once. After `hang` without `accepted` nobody knows, and nobody is told. */
const textFaults: (readonly [number, TextFault | null])[] = [
  [72, null],
  [6, { kind: 'slow', delayMs: 700 }],
  [2, { kind: 'slow', delayMs: 3_000 }],
  [6, { kind: 'rate_limited', retryAfterSeconds: 1 }],
  [6, { kind: 'drop_after_accept' }],
  [2, { kind: 'server_error', status: 500, accepted: true }],
  [2, { kind: 'server_error', status: 503, accepted: false }],
  [2, { kind: 'hang', accepted: true }],
  [1, { kind: 'hang', accepted: false }],
]

const mailFaults: (readonly [number, MailFault | null])[] = [
  [80, null],
  [5, { kind: 'refuse_recipient', code: 450 }],
  [5, { kind: 'refuse_data', code: 451 }],
  [7, { kind: 'drop_after_data' }],
  [2, { kind: 'silent_after_data' }],
]

export function textFault(dice: Dice): TextFault | null {
  return dice.pick(textFaults)
}

export function mailFault(dice: Dice): MailFault | null {
  return dice.pick(mailFaults)
}
