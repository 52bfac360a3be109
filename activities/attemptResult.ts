import type { AttemptResult } from '../db/notificationLedger'
import type { ProviderAnswer } from '../domain/provider'
import { reasonText } from '../domain/reasons'
import { retryMoment } from '../domain/retryMoment'
import type { Channel, Instant } from '../domain/words'

/** What a provider's answer means for the notification ("Delivery"). `attempt` counts from 1. */
export function attemptResult(
  channel: Channel,
  id: string,
  attempt: number,
  answer: ProviderAnswer,
  now: Instant,
): AttemptResult {
  const nothing = { code: null, message: null, retryAt: null, providerId: null, reason: null, reasonText: null }
  const said = 'code' in answer ? { code: storable(answer.code), message: storable(answer.message) } : {}
  const result = { ...nothing, ...said, id, attempt }
  switch (answer.outcome) {
    case 'accepted':
      // SMTP has no receipt: what the server took is sent.
      return {
        ...result,
        outcome: 'accepted',
        status: channel === 'email' ? 'sent' : 'accepted',
        providerId: answer.providerId,
      }
    case 'try_later':
      return {
        ...result,
        outcome: 'try_later',
        status: 'sending',
        retryAt: retryMoment(attempt, now, answer.retryAfterMs),
      }
    case 'permanent': {
      const { reason } = answer
      return {
        ...result,
        outcome: 'permanent',
        status: 'failed',
        reason,
        reasonText: answer.reasonText ?? reasonText('failed', reason) ?? null,
      }
    }
    case 'unknown':
      // An email is sent again under its Message-ID, which mailboxes fold; a text must not be.
      return channel === 'email'
        ? { ...result, outcome: 'unknown', status: 'sending', retryAt: retryMoment(attempt, now, null) }
        : { ...result, outcome: 'unknown', status: 'unknown' }
  }
}

/** A provider may say anything; a database holds no NUL, and nobody reads more than this. */
function storable(text: string): string {
  return text.replaceAll('\0', '').slice(0, 500)
}
