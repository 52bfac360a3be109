import type { Knex } from 'knex'
import { liveRouteOfTruckAt, lockRoute } from '../../db/routes'
import { currentSettings } from '../../db/settingsVersions'
import type { Database } from '../../db/sql'
import { findStop } from '../../db/stops'
import { deviceSeen, type Truck, truckOfDevice } from '../../db/trucks'
import { recordVisitEvent, stopForGeofence, type VisitOutcome } from '../../db/visitEvents'
import type { RouteRef } from '../../domain/routeWorkflow'
import { dateOf } from '../../domain/schedule/zonedTime'
import type { Settings } from '../../domain/settings'
import type { Instant } from '../../domain/words'
import type { DeviceEvent } from '../../integrations/generic-webhook/deviceEvent'
import { type StoredMessage, storeMessage } from '../outbox/storeMessage'

/** An event further ahead of our clock than this counts as now. */
const clockDriftMs = 5 * 60_000

/** What a device's event was found to be about. */
interface Match {
  outcome: VisitOutcome
  route: RouteRef | null
  stopId: string | null
}

/**
 * Stores an authentic event of a device, whatever it is about: device, truck, the truck's live route of the event's day,
 * the stop that it names. Null when it changes nothing: it is known already, or about nothing that we know.
 */
export async function recordDeviceEvent(
  db: Knex,
  companyId: string,
  event: DeviceEvent,
  now: Instant,
): Promise<{ outcome: VisitOutcome; message: StoredMessage | null }> {
  const { truck, ...recorded } = await db.transaction(async (trx) => {
    const happenedAt = event.occurredAt > now + clockDriftMs ? now : event.occurredAt
    const truck = await truckOfDevice(trx, companyId, event.provider, event.deviceId)
    const { settings } = await currentSettings(trx, companyId)
    const { outcome, route, stopId } = await match(trx, companyId, truck, event, happenedAt, settings)

    const { recorded, id } = await recordVisitEvent(trx, {
      companyId,
      source: event.provider,
      eventId: event.eventId,
      kind: event.kind,
      outcome,
      occurredAt: event.occurredAt,
      deviceId: event.deviceId,
      geofenceId: event.geofenceId,
      routeId: route?.routeId,
      stopId,
      accuracyMeters: event.accuracyMeters,
    })
    const counts = recorded && outcome === 'counted' && route !== null && stopId !== null
    const message = counts ? await storeMessage(trx, route, nudgeOf(event, id, stopId)) : null
    return { truck, outcome, message }
  })
  // Not while the route is locked: whoever saves the truck holds its row and waits for the route.
  if (truck !== null) await deviceSeen(db, companyId, truck.truckId, Math.min(event.occurredAt, now))
  return recorded
}

async function match(
  trx: Database,
  companyId: string,
  truck: Truck | null,
  event: DeviceEvent,
  happenedAt: Instant,
  { timeZone, arrivals }: Settings,
): Promise<Match> {
  if (truck === null) return { outcome: 'unknown_device', route: null, stopId: null }
  const found = await liveRouteOfTruckAt(trx, companyId, truck.truckId, dateOf(happenedAt, timeZone))
  const route = found === null ? null : await lockRoute(trx, found)
  if (route === null) return { outcome: 'no_route', route: null, stopId: null }
  // Between the two statements it may have been closed or un-confirmed.
  if (route.status !== 'confirmed' && route.status !== 'in_progress')
    return { outcome: 'no_route', route, stopId: null }
  const stop = await namedStop(trx, route, event)
  if (stop === null) return { outcome: 'no_stop', route, stopId: null }
  const crossing = event.kind === 'enter' || event.kind === 'exit'
  const inaccurate = crossing && (event.accuracyMeters ?? 0) > arrivals.maxAccuracyMeters
  return { outcome: inaccurate ? 'inaccurate' : 'counted', route, stopId: stop.stopId }
}

async function namedStop(trx: Database, route: RouteRef, { stopId, geofenceId }: DeviceEvent) {
  const named = stopId === null ? null : await findStop(trx, route, stopId)
  if (named !== null && named.status !== 'cancelled') return named
  return geofenceId === null ? null : stopForGeofence(trx, route, geofenceId)
}

/** The workflow reads the facts again, so a crossing may reach it as the nearest word that it knows. */
function nudgeOf({ kind, provider, occurredAt }: DeviceEvent, id: number, stopId: string) {
  const nearest = kind === 'enter' ? 'arrived' : kind === 'exit' ? 'departed' : kind
  return { eventId: `visit-${id}`, kind: nearest, stopId, occurredAt, source: provider } as const
}
