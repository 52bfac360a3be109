import type { FailureReason } from './reasons'
import type { Instant } from './words'

/** What a provider said to one call for one notification. */
export type ProviderAnswer =
  /** It took the message. */
  | { outcome: 'accepted'; providerId: string | null }
  /** It has not taken the message, and will later. */
  | { outcome: 'try_later'; code: string; message: string; retryAfterMs: number | null }
  /** It will never take the message. */
  | ({ outcome: 'permanent'; code: string; message: string } & Failure)
  /** It may or may not have taken the message. */
  | { outcome: 'unknown'; code: string; message: string }

/** Why a message failed for good. */
export interface Failure {
  reason: FailureReason
  /** The same for people, where more is known than the reason says; no personal data. */
  reasonText?: string | undefined
}

/** A rendered message on its way to a provider. */
export interface OutgoingMessage {
  notificationId: string
  address: string
  subject: string | null
  text: string
  html: string | null
  /** Where the recipient of an email ends them; null for a text, and for the company's own people. */
  unsubscribeLink: string | null
}

/** A channel's way out: a provider's client (integrations/). */
export interface MessageSender {
  send(message: OutgoingMessage): Promise<ProviderAnswer>
}

/** A provider that can be asked what became of a message. */
export interface MessageFinder {
  /**
   * Looks for the messages to `address` with this text that the provider took at about `calledAt` (wall clock), the nearest
   * first. `known` are the provider's ids of other notifications.
   */
  find(sought: { address: string; text: string; calledAt: Instant; known: Set<string> }): Promise<FoundMessage[]>
}

export interface FoundMessage {
  providerId: string
  status: 'accepted' | 'sent' | 'delivered' | 'undelivered' | 'failed'
  /** The provider's code of a failure. */
  code: string | null
  /** Why it is `failed` or `undelivered`; null otherwise. */
  reason: FailureReason | null
  reasonText?: string | undefined
}
