import type { Knex } from 'knex'
import { lockRoute, type RouteHead } from '../../db/routes'
import { currentSettings } from '../../db/settingsVersions'
import type { Database } from '../../db/sql'
import { findStop } from '../../db/stops'
import { getTruck } from '../../db/trucks'
import { isKnownVisitEvent, recordVisitEvent } from '../../db/visitEvents'
import type { Actor } from '../../domain/audit'
import { ApiProblem } from '../../domain/errors'
import type { RouteRef } from '../../domain/routeWorkflow'
import type { Instant } from '../../domain/words'
import { type StoredMessage, storeMessage } from '../outbox/storeMessage'
import { arrivalSourceOf } from '../routes/arrivalSourceOf'
import { noSuchRoute } from '../routes/readRoute'
import { routeClosed } from '../routes/savePlan'

export type ReportKind = 'arrived' | 'departed' | 'skipped'

export interface DriverReport {
  ref: RouteRef
  stopId: string
  kind: ReportKind
  eventId: string
  occurredAt: Instant
  by: Actor
}

/** Stores what a driver reports about a stop, or throws why it may not be; null when it was reported before. */
export function reportByDriver(db: Knex, report: DriverReport, now: Instant): Promise<StoredMessage | null> {
  const { ref, stopId, kind, eventId, occurredAt, by } = report
  return db.transaction(async (trx) => {
    const route = await lockRoute(trx, ref)
    if (route === null) throw noSuchRoute(ref)
    const stop = await findStop(trx, ref, stopId)
    if (stop === null) throw new ApiProblem('not_found', `There is no stop "${stopId}" on route "${ref.routeId}".`)
    const live = route.status === 'confirmed' || route.status === 'in_progress'
    if (!live || stop.status === 'cancelled') {
      // No refusal of what was accepted before: the last departure closes a route, and a driver's app may send it twice.
      if (await isKnownVisitEvent(trx, ref.companyId, 'driver', eventId)) return null
      throw live ? stopTakenOff(ref, stopId) : notLive(route)
    }
    // Whoever drives may skip a stop; a device cannot see that.
    if (kind !== 'skipped') await refuseUnlessDriverIsSource(trx, route, now)

    const { recorded, id } = await recordVisitEvent(trx, {
      ...ref,
      stopId,
      source: 'driver',
      eventId,
      kind,
      outcome: 'counted',
      occurredAt,
      reportedBy: by.name,
      keyId: by.keyId,
    })
    if (!recorded) return null
    return storeMessage(trx, ref, {
      eventId: `visit-${id}`,
      kind: kind === 'skipped' ? 'planChanged' : kind,
      stopId,
      occurredAt,
      source: 'driver',
    })
  })
}

function notLive(route: RouteHead): ApiProblem {
  if (route.status !== 'planned') return routeClosed(route)
  return new ApiProblem('route_not_confirmed', `Route "${route.routeId}" is still planned. Confirm it first.`)
}

function stopTakenOff({ routeId }: RouteRef, stopId: string): ApiProblem {
  return new ApiProblem('not_found', `Stop "${stopId}" was taken off route "${routeId}".`)
}

async function refuseUnlessDriverIsSource(trx: Database, route: RouteHead, now: Instant): Promise<void> {
  const truck = route.truckId === null ? null : await getTruck(trx, route.companyId, route.truckId)
  if (!truck?.device) return
  const { settings } = await currentSettings(trx, route.companyId)
  if (arrivalSourceOf({ ...route, truck }, settings.arrivals, now) === 'driver') return
  throw new ApiProblem(
    'arrival_source_is_geofence',
    `Truck "${route.truckId}" has a ${truck.device.vendor} device, so only its geofence events count. Unlink the device to use the driver's buttons.`,
  )
}
