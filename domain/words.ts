/**
 * The vocabulary of the product, as closed lists. One word for one thing, in code, API, UI and docs.
 *
 * - **company**: the unit that owns settings, time zone, calendar, trucks and routes (one rental store, one depot)
 * - **route**: one truck's ordered stops on one service date
 * - **stop**: one visit, a delivery or a pickup, with a scheduled time, an address and one or more contracts
 * - **contract**: the customer's order or rental agreement, with its number and its delivery notifications
 * - **delivery notification**: a row on a contract: method, address and the events it is for. The only source of recipients
 * - **event**: what a customer is told about
 * - **notification**: one event, one stop, one recipient, one channel: planned, sent at most once, explained
 * - **attempt**: one call to a provider for one notification
 * - **told window**: the time window that the customer was last told
 * - **arrival source**: who says arrived and departed for a truck
 */

/** A point in time in milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

/** A calendar date, `YYYY-MM-DD`. */
export type CalendarDate = string

/** A wall-clock time, `HH:MM`. */
export type WallTime = string

export const channels = ['sms', 'email'] as const
export type Channel = (typeof channels)[number]

export const events = ['confirmed', 'arrived', 'departed', 'updated', 'cancelled'] as const
export type Event = (typeof events)[number]

export const stopKinds = ['delivery', 'pickup'] as const
export type StopKind = (typeof stopKinds)[number]

export const routeStatuses = ['planned', 'confirmed', 'in_progress', 'completed', 'cancelled'] as const
export type RouteStatus = (typeof routeStatuses)[number]

export const stopStatuses = ['pending', 'arrived', 'departed', 'skipped', 'cancelled'] as const
export type StopStatus = (typeof stopStatuses)[number]

export const notificationStatuses = [
  'planned',
  'held',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'unknown',
  'suppressed',
] as const
export type NotificationStatus = (typeof notificationStatuses)[number]

/** Why a notification was not sent. Where several hold, the first in this order is given. */
export const suppressionReasons = [
  'notifications_off',
  'sms_off',
  'event_off',
  'channel_not_configured',
  'opted_out',
  'invalid_address',
  'quiet_hours',
  'stale',
  'cancelled',
  'not_confirmed',
  'superseded',
] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

export const arrivalSources = ['geofence', 'driver'] as const
export type ArrivalSource = (typeof arrivalSources)[number]

export const deviceVendors = ['samsara', 'traccar', 'generic'] as const
export type DeviceVendor = (typeof deviceVendors)[number]

/** One recipient's way to be reached: a row of a contract, or a person of the company. */
export interface DeliveryNotification {
  method: Channel
  /** E.164 for `sms`, an email address for `email`. */
  address: string
  events: Event[]
  /** An email that is used for an event only when the contract's text for it failed. */
  onlyIfTextFails: boolean
}
