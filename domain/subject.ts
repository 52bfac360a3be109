import type { NotificationRecord, StopRecord } from './facts'
import type { Recipient } from './recipients'
import type { Told } from './told'
import type { Event } from './words'

/** A notification that a route owes, or has planned and not sent: what a decision is about. */
export interface Subject {
  /** Null for an internal message about the whole route. */
  stop: StopRecord | null
  event: Event
  recipient: Recipient
  revision: number
  /** What the recipient was last told; an internal recipient with the stop's customers. */
  told: Told | null
  /** The planned notification; null for one that is owed and has no row yet. */
  notification: NotificationRecord | null
  /** False when the contract no longer names the recipient for this event. */
  listed: boolean
  /** Every contract through which the recipient was told has been taken off the stop. */
  dropped: boolean
}
