import type { DeviceVendor, Instant } from '../domain/words'

/** What every vendor's parser makes of an event: one GPS device saw one thing happen. */
export interface DeviceEvent {
  provider: DeviceVendor
  /** The vendor's own id of the event: the same one twice changes nothing. */
  eventId: string
  /** Null when the vendor does not say which device it was. */
  deviceId: string | null
  /** `enter` and `exit` are plain geofence crossings; `arrived` and `departed` were judged by the vendor. */
  kind: 'enter' | 'exit' | 'arrived' | 'departed'
  occurredAt: Instant
  /** Every name that the vendor has for the geofence; a stop may be known by any of them. */
  geofenceIds: string[]
  stopId: string | null
  /** How precise the GPS fix was; null when it is not known. */
  accuracyMeters: number | null
}

/** What an authentic body turned out to be. `why` tells whoever sets the vendor up what is the matter; it names no values. */
export type ParsedBody = { event: DeviceEvent } | { outcome: 'ignored' | 'not_understood'; why: string }
