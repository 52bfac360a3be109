import type { Knex } from 'knex'
import { liveRouteOfTruckAt, lockRoute } from '../../db/routes'
import { currentSettings } from '../../db/settingsVersions'
import type { Database } from '../../db/sql'
import { deviceSeen, type Truck, truckOfDevice } from '../../db/trucks'
import { isReportedAlready, recordVisitEvent, type VisitOutcome } from '../../db/visitEvents'
import type { RouteRef } from '../../domain/routeWorkflow'
import { dateOf } from '../../domain/schedule/zonedTime'
import type { Settings } from '../../domain/settings'
import type { Instant } from '../../domain/words'
import type { DeviceEvent } from '../../integrations/deviceEvent'
import { type StoredMessage, storeMessage } from '../outbox/storeMessage'
import { stopNamedBy } from './stopNamedBy'

/** An event further ahead of our clock than this counts as now. */
const clockDriftMs = 5 * 60_000

/** What a device's event was found to be about. */
interface Match {
  outcome: VisitOutcome
  route: RouteRef | null
  stop: { stopId: string; geofenceId: string | null } | null
}

/** `repeated`: it was known already, under this event id or another, and changes nothing. */
export interface RecordedEvent {
  outcome: VisitOutcome | 'repeated'
  /** What the route has to hear of; null when nothing changes. */
  message: StoredMessage | null
}

/**
 * Stores an authentic event of a device, whatever it is about: device, truck, the truck's live route of the event's day,
 * the stop that it names.
 */
export async function recordDeviceEvent(
  db: Knex,
  companyId: string,
  event: DeviceEvent,
  now: Instant,
): Promise<RecordedEvent> {
  const { truck, ...recorded } = await db.transaction(async (trx) => {
    const happenedAt = event.occurredAt > now + clockDriftMs ? now : event.occurredAt
    const truck = event.deviceId === null ? null : await truckOfDevice(trx, companyId, event.provider, event.deviceId)
    const { settings } = await currentSettings(trx, companyId)
    const match = await matchOf(trx, companyId, truck, event, happenedAt, settings)
    return { truck, ...(await store(trx, companyId, event, match)) }
  })
  // Not while the route is locked: whoever saves the truck holds its row and waits for the route.
  if (truck !== null) await deviceSeen(db, companyId, truck.truckId, Math.min(event.occurredAt, now))
  return recorded
}

async function matchOf(
  trx: Database,
  companyId: string,
  truck: Truck | null,
  event: DeviceEvent,
  happenedAt: Instant,
  { timeZone, arrivals }: Settings,
): Promise<Match> {
  if (truck === null) return { outcome: 'unknown_device', route: null, stop: null }
  const day = dateOf(happenedAt, timeZone)
  const found = await liveRouteOfTruckAt(trx, companyId, truck.truckId, day, event.stopId)
  const route = found === null ? null : await lockRoute(trx, found)
  if (route === null) return { outcome: 'no_route', route: null, stop: null }
  // Between the two statements it may have been closed or un-confirmed.
  if (route.status !== 'confirmed' && route.status !== 'in_progress') return { outcome: 'no_route', route, stop: null }
  const stop = await stopNamedBy(trx, route, event, happenedAt)
  if (stop === null) return { outcome: 'no_stop', route, stop: null }
  const crossing = event.kind === 'enter' || event.kind === 'exit'
  const inaccurate = crossing && (event.accuracyMeters ?? 0) > arrivals.maxAccuracyMeters
  return { outcome: inaccurate ? 'inaccurate' : 'counted', route, stop }
}

async function store(
  trx: Database,
  companyId: string,
  event: DeviceEvent,
  { outcome, route, stop }: Match,
): Promise<RecordedEvent> {
  const { provider, eventId, kind, occurredAt, deviceId, geofenceIds, accuracyMeters } = event
  const stopId = stop?.stopId ?? null
  const counts = outcome === 'counted' && route !== null && stopId !== null
  const repeated = counts && (await isReportedAlready(trx, route, { stopId, kind, occurredAt }))
  const { recorded, id } = await recordVisitEvent(trx, {
    companyId,
    source: provider,
    eventId,
    kind,
    outcome,
    occurredAt,
    deviceId,
    geofenceId: stop?.geofenceId ?? geofenceIds[0] ?? null,
    routeId: route?.routeId,
    stopId,
    accuracyMeters,
  })
  if (!recorded || repeated) return { outcome: 'repeated', message: null }
  return { outcome, message: counts ? await storeMessage(trx, route, nudgeOf(event, id, stopId)) : null }
}

/** The workflow reads the facts again, so a crossing may reach it as the nearest word that it knows. */
function nudgeOf({ kind, provider, occurredAt }: DeviceEvent, id: number, stopId: string) {
  const nearest = kind === 'enter' ? 'arrived' : kind === 'exit' ? 'departed' : kind
  return { eventId: `visit-${id}`, kind: nearest, stopId, occurredAt, source: provider } as const
}
