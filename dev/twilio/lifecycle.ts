import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { TwilioFault } from './faults'
import { twilioSignature } from './signature'
import type { ReceivedText, TextStatus } from './text'

export interface Carrier {
  authToken: string
  /** Whether status callbacks are posted. */
  callbacks: boolean
  /** Between two statuses, milliseconds. */
  stepMs: number
  /** Aborted when the stand-in stops. */
  stopping: AbortSignal
  /** Called after each change of a text. */
  changed(): void
}

/** Twilio's own limit: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides */
const callbackTimeoutMs = 15_000
// Twilio's magic number of a sender that works, chosen for a Messaging Service.
const poolSender = '+15005550006'

type Outcome = Extract<TwilioFault, { kind: 'undelivered' | 'stuck' }> | undefined

async function postCallback(text: ReceivedText, to: string, carrier: Carrier): Promise<void> {
  // The fragment carries connection overrides and is not sent.
  const url = to.split('#', 1)[0] ?? to
  const parameters: Record<string, string> = {
    AccountSid: text.accountSid,
    ApiVersion: '2010-04-01',
    From: text.from ?? '',
    MessageSid: text.sid,
    MessageStatus: text.status,
    SmsSid: text.sid,
    SmsStatus: text.status,
    To: text.to,
    ...(text.messagingServiceSid ? { MessagingServiceSid: text.messagingServiceSid } : {}),
    ...(text.errorCode === null ? {} : { ErrorCode: String(text.errorCode) }),
  }
  const { status } = text
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(parameters),
    headers: {
      'I-Twilio-Idempotency-Token': randomUUID(),
      'User-Agent': 'TwilioProxy/1.1',
      'X-Twilio-Signature': twilioSignature(carrier.authToken, url, parameters),
    },
    signal: AbortSignal.any([carrier.stopping, AbortSignal.timeout(callbackTimeoutMs)]),
  }).then(
    async (response) => {
      await response.body?.cancel()
      return response.status
    },
    (error: Error) => (error.cause instanceof Error ? error.cause.message : error.message),
  )
  text.callbacks.push({ status, answer })
}

/**
 * Takes a text from queued to its end, posting each new status to its StatusCallback. The status that the API answered
 * with (queued, or accepted with a Messaging Service) gives no callback, as at Twilio. Never throws.
 */
export async function carry(text: ReceivedText, outcome: Outcome, carrier: Carrier): Promise<void> {
  const statuses: TextStatus[] = text.messagingServiceSid ? ['queued'] : []
  if (outcome?.kind !== 'stuck') statuses.push('sent', outcome?.status ?? 'delivered')
  for (const status of statuses) {
    await delay(carrier.stepMs, undefined, { signal: carrier.stopping, ref: false }).catch(() => {})
    if (carrier.stopping.aborted) return
    text.status = status
    text.updatedAt = Date.now()
    text.from ??= poolSender
    if (status === 'sent') text.sentAt = text.updatedAt
    if (outcome?.kind === 'undelivered' && status === outcome.status) text.errorCode = outcome.errorCode
    carrier.changed()
    if (!carrier.callbacks || !text.statusCallback) continue
    await postCallback(text, text.statusCallback, carrier)
    carrier.changed()
  }
}
