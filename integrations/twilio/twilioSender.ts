import type { FoundMessage, MessageFinder, MessageSender } from '../../domain/provider'
import type { Instant } from '../../domain/words'
import { receiptsUrl } from './receiptsUrl'
import { type TwilioAccount, twilioClient } from './twilioClient'
import { twilioFailure } from './twilioErrorCodes'
import { answerOfTwilioError } from './twilioErrors'

export interface TwilioSettings extends TwilioAccount {
  sender: { from: string } | { messagingServiceSid: string }
  /** The API's address as seen by Twilio, for its receipts. */
  publicUrl: string
}

/** Twilio's clock and ours may differ by as much. */
const clockDriftMs = 120_000
/** Longer than any call takes. */
const callMs = 30_000

/** Whether a message that Twilio made at `createdAt` may be of a call that began at `calledAt`. */
function mayBeOf(calledAt: Instant, createdAt: Instant): boolean {
  return createdAt >= calledAt - clockDriftMs && createdAt <= calledAt + callMs + clockDriftMs
}

/**
 * Texts by Twilio's Messages API. The notification's id travels in the address for receipts, so that a receipt proves that
 * a message was taken even if Twilio's answer to the call was lost.
 */
export function twilioSender({ sender, publicUrl, ...account }: TwilioSettings): MessageSender & MessageFinder {
  const { messages } = twilioClient(account)
  const receipts = receiptsUrl(publicUrl, account.apiUrl)
  return {
    async send({ notificationId, address, text }) {
      const callback = receipts === null ? {} : { statusCallback: `${receipts}?n=${notificationId}` }
      try {
        const message = await messages.create({ ...sender, to: address, body: text, ...callback })
        return { outcome: 'accepted', providerId: message.sid }
      } catch (error) {
        return answerOfTwilioError(error)
      }
    },

    async find({ address, text, calledAt, known }) {
      // The list's date filters know the date of sending alone, which a queued message does not have yet.
      const recent = await messages.list({ to: address, limit: 50 })
      const words = wordsOf(text)
      const away = ({ dateCreated }: (typeof recent)[number]) => Math.abs(dateCreated.getTime() - calledAt)
      return recent
        .filter(({ direction, body }) => direction === 'outbound-api' && wordsOf(body) === words)
        .filter(({ sid, dateCreated }) => !known.has(sid) && mayBeOf(calledAt, dateCreated.getTime()))
        .sort((one, other) => away(one) - away(other))
        .map(asFound)
    },
  }
}

function asFound({ sid, status: word, errorCode }: { sid: string; status: string; errorCode: number }): FoundMessage {
  const status = statusOfTwilio(word) ?? 'accepted'
  const code = errorCode ? String(errorCode) : null
  const failure = status === 'failed' || status === 'undelivered' ? twilioFailure(code, status) : { reason: null }
  return { providerId: sid, status, code, ...failure }
}

/** A Messaging Service with smart encoding writes other quotes, dashes and spaces than it was given. */
function wordsOf(body: string): string {
  return body.replace(/[^\p{L}\p{N}]/gu, '')
}

/** Twilio's message status in this product's words; what is on its way is `accepted`. Null for one that we do not know. */
export function statusOfTwilio(status: string): FoundMessage['status'] | null {
  switch (status) {
    case 'accepted':
    case 'scheduled':
    case 'queued':
    case 'sending':
      return 'accepted'
    case 'sent':
    case 'delivered':
    case 'undelivered':
    case 'failed':
      return status
    case 'read':
      return 'delivered'
    case 'canceled':
      return 'failed'
    default:
      return null
  }
}
