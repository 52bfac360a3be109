import type { Window } from './schedule/toldWindow'
import type { Settings } from './settings'
import type {
  CalendarDate,
  Channel,
  DeliveryNotification,
  DeviceVendor,
  Event,
  Instant,
  NotificationStatus,
  RouteStatus,
  StopKind,
  StopStatus,
} from './words'

/**
 * What is known about a route at one moment, as read from the database in one transaction. Every decision about a
 * route is a pure function of these facts and the engine's clock.
 */
export interface RouteFacts {
  company: { companyId: string; name: string; phone: string | null; country: string }
  settings: Settings
  settingsVersion: number
  route: RouteRecord
  /** In the order of the plan; removed stops stay, as `cancelled`. */
  stops: StopRecord[]
  /** By contract number: every contract that a stop of the route names. */
  contracts: Map<string, ContractRecord>
  visitEvents: VisitEvent[]
  notifications: NotificationRecord[]
  /** Recipients who opted out, as `sms:+1…` or `email:…` (see `recipientKey`). */
  optedOut: Set<string>
  /** What vendors were told of the route and have not been told to forget. */
  handOffs: HandOffRecord[]
  /** The vendors that the company's integrations let it hand routes off to. */
  handsOffTo: DeviceVendor[]
}

export interface RouteRecord {
  companyId: string
  routeId: string
  name: string
  serviceDate: CalendarDate
  status: RouteStatus
  truck: { truckId: string; name: string; device: { vendor: DeviceVendor; deviceId: string } | null } | null
  driverName: string | null
  /** When it was last confirmed; null before. */
  confirmedAt: Instant | null
  /** How often it has been confirmed: which confirmation a notification belongs to. */
  confirmation: number
  /** The first edit of a burst that the engine has not yet let settle; null when there is none. */
  editedAt: Instant | null
}

export interface StopRecord {
  stopId: string
  kind: StopKind
  status: StopStatus
  scheduledAt: Instant
  address: string
  timeZone: string | null
  location: { latitude: number; longitude: number } | null
  geofenceId: string | null
  /** In the order of the plan; the first one's fields fill a message. */
  contractNumbers: string[]
  /** When it joined a route that was already confirmed: it is planned as if the route were confirmed then. */
  addedAt: Instant | null
  arrivedAt: Instant | null
  departedAt: Instant | null
}

export interface ContractRecord {
  number: string
  customerName: string
  fields: Record<string, string>
  deliveryNotifications: DeliveryNotification[]
}

/** `enter` and `exit` are plain geofence crossings, judged by dwell; the rest was judged by whoever reported it. */
export const visitEventKinds = ['enter', 'exit', 'arrived', 'departed', 'skipped'] as const
export type VisitEventKind = (typeof visitEventKinds)[number]

/** One report about a stop that counts. */
export interface VisitEvent {
  id: number
  stopId: string
  kind: VisitEventKind
  /** When it happened; a report from the future counts as the moment at which the engine first saw it. */
  occurredAt: Instant
  /** When the engine first saw it; null until then. */
  judgedAt: Instant | null
  /** How precise the GPS fix of a crossing was, if the vendor says so. */
  accuracyMeters: number | null
}

export interface NotificationRecord {
  id: string
  /** The order in which they were planned. */
  sequence: number
  /** Null for an internal message about the whole route. */
  stopId: string | null
  event: Event
  channel: Channel
  address: string
  revision: number
  internal: boolean
  contractNumbers: string[]
  /** When it is or was due. */
  plannedAt: Instant | null
  /** The route's confirmation in which it was planned. */
  confirmation: number
  status: NotificationStatus
  reason: string | null
  /** A text that only quiet hours made stale. */
  staleByQuietHours: boolean
  /** It was suppressed because the plan did not call for it any more, whatever reason came first: it may be owed again. */
  withdrawn: boolean
  /** When it was last decided about, by the engine's clock; null for a decision of an earlier release. */
  decidedAt: Instant | null
  /** The window that its text speaks of. */
  window: Window | null
  /** How often an unknown outcome has been looked up at the provider. */
  lookUps: number
  /** The latest attempt, if any. */
  lastAttempt: AttemptRecord | null
  /** When a person asked for it, because the revision before it had not arrived; null for one that the plan called for. */
  resentAt: Instant | null
}

export const attemptOutcomes = ['accepted', 'try_later', 'permanent', 'unknown'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

export interface AttemptRecord {
  number: number
  at: Instant
  /**
   * Null while the call runs, or when the worker died during it. Of an email that may have gone out by an earlier attempt
   * `unknown`, also when this one was refused for now: that takes nothing back.
   */
  outcome: AttemptOutcome | null
  /** When a `try_later` may be tried again. */
  retryAt: Instant | null
}

export const handOffStates = ['due', 'handed_over', 'withdrawn', 'failed'] as const
export type HandOffState = (typeof handOffStates)[number]

export const handOffActions = ['hand_over', 'update', 'withdraw'] as const
export type HandOffAction = (typeof handOffActions)[number]

export const handOffOutcomes = ['accepted', 'try_later', 'refused', 'unknown'] as const
export type HandOffOutcome = (typeof handOffOutcomes)[number]

/** A route at the vendor of one device, from the first call about it until the vendor has been told to forget it. */
export interface HandOffRecord {
  id: string
  vendor: DeviceVendor
  deviceId: string
  state: HandOffState
  /** Fingerprint of what the vendor has; null when it has nothing, or nobody knows. */
  sent: string | null
  /** Fingerprint of what the latest call says. */
  tried: string | null
  /** When a call that did not succeed is repeated; null after one that did. */
  retryAt: Instant | null
  /** Whether the vendor has taken the route. */
  wasTaken: boolean
  /** Whether it has, or nobody knows. */
  mayBeThere: boolean
  lastAttempt: { at: Instant; outcome: HandOffOutcome | null } | null
}
