import { z } from 'zod'
import type { ParsedBody } from '../deviceEvent'
import { identifier, moment, readJson, whyNotUnderstood, word } from '../webhookFields'

const typed = z.object({ event: z.object({ type: z.string() }) })

/** Traccar writes 0 for an id that there is not. */
const reference = identifier.nullish().catch(null)

/** Loose: what is not needed to place an event must never make one unreadable. */
const body = z.object({
  event: z.object({ id: identifier, eventTime: moment, geofenceId: reference }),
  device: z.object({ uniqueId: identifier }),
  geofence: z
    .object({ id: reference, name: word.nullish().catch(null) })
    .nullish()
    .catch(null),
  position: z
    // 0 is what devices without the measurement are given.
    .object({ accuracy: z.number().positive().nullish().catch(null) })
    .nullish()
    .catch(null),
})

/** Reads an authentic body of Traccar's event forwarding: `geofenceEnter` and `geofenceExit`; all else is ignored. */
export function parseTraccarEvent(rawBody: Buffer): ParsedBody {
  const json = readJson(rawBody)
  const type = typed.safeParse(json)
  if (!type.success) return { outcome: 'not_understood', why: whyNotUnderstood(type.error) }
  const kind = kindOf(type.data.event.type)
  if (kind === null) return { outcome: 'ignored', why: 'event.type: is neither geofenceEnter nor geofenceExit' }
  const parsed = body.safeParse(json)
  if (!parsed.success) return { outcome: 'not_understood', why: whyNotUnderstood(parsed.error) }
  const { event, device, geofence, position } = parsed.data
  const names = [geofence?.id ?? event.geofenceId, geofence?.name].filter((name) => name != null)
  return {
    event: {
      provider: 'traccar',
      eventId: event.id,
      deviceId: device.uniqueId,
      kind,
      occurredAt: event.eventTime,
      geofenceIds: [...new Set(names)].filter((name) => name !== '0'),
      stopId: null,
      accuracyMeters: position?.accuracy ?? null,
    },
  }
}

/** `geofenceCrossed` is a truck that passed through between two positions: it never stopped there. */
function kindOf(type: string): 'enter' | 'exit' | null {
  if (type === 'geofenceEnter') return 'enter'
  return type === 'geofenceExit' ? 'exit' : null
}
