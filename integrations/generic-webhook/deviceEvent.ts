import type { DeviceVendor, Instant } from '../../domain/words'

/** What every vendor's adapter makes of an event: one GPS device saw one thing happen. */
export interface DeviceEvent {
  provider: DeviceVendor
  /** The vendor's own id of the event: the same one twice changes nothing. */
  eventId: string
  deviceId: string
  /** `enter` and `exit` are plain geofence crossings; `arrived` and `departed` were judged by the vendor. */
  kind: 'enter' | 'exit' | 'arrived' | 'departed'
  occurredAt: Instant
  geofenceId: string | null
  stopId: string | null
  accuracyMeters: number | null
}
