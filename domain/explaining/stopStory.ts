import type { AttemptOutcome, HandOffAction, HandOffOutcome, VisitEventKind } from '../facts'
import type { NotTold } from '../notTold'
import type { Numbers } from '../schedule/decision'
import type { Window } from '../schedule/toldWindow'
import type { Channel, DeviceVendor, Event, Instant, NotificationStatus, RouteStatus } from '../words'

/** Everything that is stored about one stop and its messages: what an explanation is made of. */
export interface StopStory {
  stop: { stopId: string; arrivedAt: Instant | null; departedAt: Instant | null }
  createdAt: Instant
  /** Every status that the route has had, in order. */
  changes: RouteChange[]
  /** Every report that names the stop, in the order in which they came. */
  reports: Report[]
  /** Of the route: what vendors were told of it, the oldest first. */
  handOffs: HandOffStory[]
  /** About the stop, in the order of planning. */
  notifications: NotificationStory[]
  /** What people told its customers. */
  toldByPhone: ToldByPhone[]
  /** Of this stop. */
  notTold: NotTold[]
  dwellSeconds: number
}

/** Somebody rang the customer of a contract. */
export interface ToldByPhone {
  at: Instant
  by: string
  contractNumber: string
  event: Event
}

export interface RouteChange {
  at: Instant
  status: RouteStatus
  /** Null for what the engine found by itself. */
  changedBy: string | null
}

export interface Report {
  source: 'driver' | DeviceVendor
  kind: VisitEventKind
  outcome: 'counted' | 'unknown_device' | 'no_route' | 'no_stop' | 'not_arrival_source' | 'inaccurate'
  deviceId: string | null
  reportedBy: string | null
  occurredAt: Instant
  countedAt: Instant | null
  receivedAt: Instant
  judgedAt: Instant | null
  accuracyMeters: number | null
}

export interface NotificationStory {
  id: string
  event: Event
  channel: Channel
  recipient: string
  internal: boolean
  contractNumbers: string[]
  status: NotificationStatus
  reason: string | null
  reasonText: string | null
  plannedAt: Instant | null
  providerId: string | null
  lookUps: number
  resend: { of: string; at: Instant; by: string; reason: string } | null
  /** Every decision about it, in order. */
  decisions: DecisionRecord[]
  attempts: {
    number: number
    at: Instant
    outcome: AttemptOutcome | null
    code: string | null
    message: string | null
    retryAt: Instant | null
  }[]
  receipts: { status: 'sent' | 'delivered' | 'undelivered' | 'failed'; code: string | null; at: Instant }[]
}

export interface DecisionRecord {
  at: Instant
  status: NotificationStatus
  reason: string | null
  plannedAt: Instant | null
  /** As stored, maybe by an earlier release. */
  rule: string | null
  action: string | null
  numbers: Numbers | null
  settingsVersion: number
  window: Window | null
}

/** What a vendor was told of a route, call by call. */
export interface HandOffStory {
  vendor: DeviceVendor
  attempts: {
    at: Instant
    action: HandOffAction
    /** Null while the call runs. */
    outcome: HandOffOutcome | null
    code: string | null
    message: string | null
  }[]
}
