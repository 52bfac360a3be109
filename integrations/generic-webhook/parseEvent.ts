import { z } from 'zod'
import type { DeviceEvent } from './deviceEvent'

/** Text that a database can hold. */
const word = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0\p{Surrogate}]*$/u)

const earliest = Date.UTC(2000, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/** Loose where the contract allows it: a vendor may send more than it has to, and null for what it does not know. */
const body = z.object({
  eventId: word.nullish(),
  deviceId: z.union([word, z.number().int().transform(String)]),
  kind: z.enum(['enter', 'exit', 'arrived', 'departed']),
  occurredAt: z.iso
    .datetime({ offset: true })
    .transform((value) => Date.parse(value))
    .refine((value) => value >= earliest && value < latest),
  geofenceId: z.union([word, z.number().int().transform(String)]).nullish(),
  stopId: word.nullish(),
  accuracyMeters: z.number().nonnegative().nullish(),
})

/**
 * Reads an authentic body. `webhookId` stands in for an event id that the sender left out: it stays the same when a
 * delivery is repeated. Null when the body is not understood; asking the vendor to send it again would not help.
 */
export function parseEvent(rawBody: Buffer, webhookId: string): DeviceEvent | null {
  let json: unknown
  try {
    json = JSON.parse(rawBody.toString('utf8'))
  } catch {
    return null
  }
  const parsed = body.safeParse(json)
  if (!parsed.success) return null
  const { eventId, deviceId, kind, occurredAt, geofenceId, stopId, accuracyMeters } = parsed.data
  return {
    provider: 'generic',
    eventId: eventId ?? webhookId,
    deviceId,
    kind,
    occurredAt,
    geofenceId: geofenceId ?? null,
    stopId: stopId ?? null,
    accuracyMeters: accuracyMeters ?? null,
  }
}
