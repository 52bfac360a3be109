import { z } from 'zod'
import type { ParsedBody } from '../deviceEvent'
import { moment, readJson, whyNotUnderstood, word } from '../webhookFields'
import { crossing, placeNames, type StopUpdate, stopUpdate } from './bodies'
import { ownStopId } from './stopNames'

const typed = z.object({ eventType: z.string() })
const envelope = z.object({ eventId: word, eventTime: moment, data: z.unknown() })

/**
 * Reads an authentic body of Samsara's webhooks 2.0. `RouteStopArrival` and `RouteStopDeparture` were judged by Samsara;
 * `GeofenceEntry` and `GeofenceExit` are plain crossings. Everything else, `Ping` and the alerts of 1.0 (which name no
 * geofence) included, is ignored.
 */
export function parseSamsaraEvent(rawBody: Buffer): ParsedBody {
  const json = readJson(rawBody)
  const type = typed.safeParse(json)
  if (!type.success) return notUnderstood(type.error)
  switch (type.data.eventType) {
    case 'RouteStopArrival':
      return parseStopUpdate(json, 'arrived')
    case 'RouteStopDeparture':
      return parseStopUpdate(json, 'departed')
    case 'GeofenceEntry':
      return parseCrossing(json, 'enter')
    case 'GeofenceExit':
      return parseCrossing(json, 'exit')
    default:
      return { outcome: 'ignored', why: 'eventType: is none of those that say where a truck is' }
  }
}

function parseCrossing(json: unknown, kind: 'enter' | 'exit'): ParsedBody {
  const parsed = envelope.extend({ data: crossing }).safeParse(json)
  if (!parsed.success) return notUnderstood(parsed.error)
  const { eventId, eventTime, data } = parsed.data
  return {
    event: {
      provider: 'samsara',
      eventId,
      deviceId: data.vehicle.id,
      kind,
      // A crossing carries no time of its own.
      occurredAt: eventTime,
      geofenceIds: placeNames(data.address),
      stopId: null,
      accuracyMeters: null,
    },
  }
}

function parseStopUpdate(json: unknown, kind: 'arrived' | 'departed'): ParsedBody {
  const parsed = envelope.extend({ eventTime: moment.nullish().catch(null), data: stopUpdate }).safeParse(json)
  if (!parsed.success) return notUnderstood(parsed.error)
  const { eventId, eventTime, data } = parsed.data
  const { state, actualArrivalTime, actualDepartureTime } = data.routeStopDetails
  if (contradicts(state, kind))
    return { outcome: 'not_understood', why: 'data.routeStopDetails.state: contradicts the eventType' }
  const occurredAt = data.time ?? (kind === 'arrived' ? actualArrivalTime : actualDepartureTime) ?? eventTime
  if (occurredAt == null) return { outcome: 'not_understood', why: 'data.time: no moment is given, here or elsewhere' }
  return {
    event: {
      provider: 'samsara',
      eventId,
      deviceId: data.vehicle?.id ?? null,
      kind,
      occurredAt,
      ...nameOfStop(data),
      accuracyMeters: null,
    },
  }
}

/**
 * Whether Samsara says in the same breath that the stop is not there yet. A stop that has departed has arrived; a state
 * that we do not know contradicts nothing. `operation` is not asked: Samsara's own samples have it wrong.
 */
function contradicts(state: string | null | undefined, kind: 'arrived' | 'departed'): boolean {
  const before = ['unassigned', 'scheduled', 'en route', 'skipped', ...(kind === 'departed' ? ['arrived'] : [])]
  return state != null && before.includes(state)
}

/** By our own id where Samsara was given it, else by the address of the stop. */
function nameOfStop({ routeStopDetails, route }: StopUpdate): { stopId: string | null; geofenceIds: string[] } {
  const planned = route?.stops?.find((stop) => stop !== null && stop.id === routeStopDetails.id) ?? null
  const stopId = ownStopId(routeStopDetails) ?? (planned && ownStopId(planned))
  if (stopId != null) return { stopId, geofenceIds: [] }
  return { stopId: null, geofenceIds: planned?.address ? placeNames(planned.address) : [] }
}

function notUnderstood(error: z.ZodError): ParsedBody {
  return { outcome: 'not_understood', why: whyNotUnderstood(error) }
}
