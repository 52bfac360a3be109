import type { FailureReason } from '../../domain/reasons'

/** Why a text failed for good: the word for programs, a sentence for people. */
export interface TwilioFailure {
  reason: FailureReason
  reasonText: string
}

const operator = 'ask the operator'

/**
 * Twilio's error codes that a dispatcher or an operator can do something about, of refused calls (2xxxx) and of receipts
 * (3xxxx), in plain words. Source of each: https://www.twilio.com/docs/api/errors/CODE. Twilio refines its codes over time, so
 * nothing depends on a code being here.
 */
export const twilioErrorCodes: Readonly<Record<number, readonly [FailureReason, string]>> = {
  20404: ['provider_refused', `Twilio does not know the account or the sender: ${operator}.`],
  21211: ['invalid_address', 'This is no telephone number that exists: correct it on the contract.'],
  21212: ['provider_refused', `The sender’s number is not valid at Twilio: ${operator}.`],
  21214: ['invalid_address', 'This number cannot be reached at all: correct it on the contract.'],
  21217: ['invalid_address', 'This telephone number does not look valid to Twilio: correct it on the contract.'],
  21408: ['provider_refused', `Twilio is not set up to text to this country: ${operator}.`],
  21602: ['content_refused', 'The text was empty.'],
  21606: ['provider_refused', `The sender’s number cannot send texts: ${operator}.`],
  21608: ['provider_refused', `Twilio’s trial account may text to verified numbers alone: ${operator}.`],
  21610: ['opted_out', 'The recipient said STOP to this sender, and is not texted until they say START.'],
  21612: ['provider_refused', `Twilio cannot text to this number from this sender: ${operator}.`],
  21614: ['invalid_address', 'This number is not a mobile phone: put a mobile number or an email on the contract.'],
  21617: ['content_refused', 'The text is longer than the 1600 characters that Twilio takes.'],
  21635: ['unreachable', 'This number is a landline: put a mobile number or an email on the contract.'],
  21701: ['provider_refused', `The Messaging Service does not exist at Twilio: ${operator}.`],
  30001: [
    'provider_refused',
    'Too many texts waited at Twilio for this sender, and it gave this one up: send it again.',
  ],
  30002: ['provider_refused', `Twilio suspended the account: ${operator}.`],
  30003: ['unreachable', 'The phone was off or out of reach.'],
  30004: ['content_refused', 'The recipient or their carrier blocks texts from this sender.'],
  30005: ['invalid_address', 'This number is unknown or no longer in service: correct it on the contract.'],
  30006: ['unreachable', 'This number is a landline, or its carrier cannot be reached.'],
  30007: ['content_refused', 'The carrier or Twilio filtered the text as spam: change its wording.'],
  30008: ['unreachable', 'The carrier did not deliver it and does not say why.'],
  30032: ['provider_refused', `The toll-free sender is not verified: ${operator}.`],
  30034: ['provider_refused', `The sender is not registered with the American carriers (A2P 10DLC): ${operator}.`],
  30036: ['unreachable', 'The phone could not be reached for as long as the text was valid.'],
}

/**
 * Why a text failed for good, by Twilio's code, if it gave one. Of a code that is not in the table its kind decides: a
 * `refused` call and a `failed` text say something of the account, an `undelivered` one of the phone.
 */
export function twilioFailure(code: unknown, kind: 'refused' | 'failed' | 'undelivered'): TwilioFailure {
  const [reason, reasonText] = twilioErrorCodes[Number(code)] ?? []
  if (reason !== undefined && reasonText !== undefined) return { reason, reasonText }
  const number = Number(code)
  const said =
    Number.isInteger(number) && number > 0 ? ` (error ${number}, see twilio.com/docs/api/errors/${number})` : ''
  return kind === 'undelivered'
    ? { reason: 'unreachable', reasonText: `The carrier did not deliver it${said}.` }
    : { reason: 'provider_refused', reasonText: `Twilio did not send it${said}: ${operator}.` }
}
