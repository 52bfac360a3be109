import { z } from 'zod'
import type { ParsedBody } from '../deviceEvent'
import { identifier, moment, readJson, whyNotUnderstood, word } from '../webhookFields'

/** Loose where the contract allows it: a vendor may send more than it has to, and null for what it does not know. */
const body = z.object({
  eventId: word,
  deviceId: identifier,
  kind: z.enum(['enter', 'exit', 'arrived', 'departed']),
  occurredAt: moment,
  geofenceId: identifier.nullish(),
  stopId: word.nullish(),
  accuracyMeters: z.number().nonnegative().nullish(),
})

/**
 * Reads an authentic body of the generic webhook. `webhookId` stands in for an event id that the sender left out: it
 * stays the same when a delivery is repeated. A body that is not understood is not asked for again: that would not help.
 */
export function parseGenericEvent(rawBody: Buffer, webhookId: string): ParsedBody {
  const parsed = body.safeParse(withEventId(readJson(rawBody), webhookId))
  if (!parsed.success) return { outcome: 'not_understood', why: whyNotUnderstood(parsed.error) }
  const { geofenceId, stopId, accuracyMeters, ...named } = parsed.data
  return {
    event: {
      provider: 'generic',
      ...named,
      geofenceIds: geofenceId == null ? [] : [geofenceId],
      stopId: stopId ?? null,
      accuracyMeters: accuracyMeters ?? null,
    },
  }
}

function withEventId(json: unknown, webhookId: string): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  return { ...json, eventId: 'eventId' in json && json.eventId !== null ? json.eventId : webhookId }
}
