import { vendorWords } from '../../parts/words'
import type { Device } from './useTrucks'

/** `Samsara 281474`, and before its id is known `Samsara device`. */
export const deviceName = ({ vendor, deviceId }: Device) => `${vendorWords[vendor]} ${deviceId || 'device'}`

interface Change {
  from: Device | null
  to: Device | null
  /** `arrivals.driverFallbackAfterMinutes` */
  fallbackMinutes: number | null
  /** The vendors whose events the company takes; undefined while that is not known. */
  heardVendors: readonly Device['vendor'][] | undefined
}

/**
 * What another device, or none, means for the driver of a truck, in sentences to be read before it is saved; none where nothing
 * changes.
 */
export function whatChanges({ from, to, fallbackMinutes, heardVendors }: Change): string[] {
  if (from?.vendor === to?.vendor && from?.deviceId === to?.deviceId) return []
  if (to === null)
    return [
      'The driver says when this truck has arrived and departed: the Arrived and Departed buttons come back, and they count.',
      `What ${from === null ? 'the device' : deviceName(from)} reports no longer counts for this truck.`,
    ]
  const decides = `${deviceName(to)} alone says when this truck has arrived and departed.`
  const unheard =
    heardVendors === undefined || heardVendors.includes(to.vendor)
      ? []
      : [
          `Nothing will be heard of it yet: ${vendorWords[to.vendor]} has no webhook secret here, so what it posts is refused (Integrations).`,
        ]
  if (from !== null) return [decides, ...unheard, `What ${deviceName(from)} reports no longer counts for this truck.`]
  return [
    decides,
    ...unheard,
    'The driver’s Arrived and Departed buttons are hidden, and what a driver reports is refused. A driver may still skip a stop.',
    fallbackMinutes === null
      ? 'The buttons stay hidden when the device falls silent; the settings may give them back after some minutes (Arrivals).'
      : `The buttons come back while the device has been silent for ${fallbackMinutes} minutes.`,
  ]
}
