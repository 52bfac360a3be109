import { isDeepStrictEqual } from 'node:util'
import type { RouteRef } from '../domain/routeWorkflow'
import { type Database, rows } from './sql'
import { type PlannedStop, type StopView, stopsOfRoute } from './stops'

/**
 * Makes the route's stops those of the list, in its order. A stop that stays keeps what happened there. One that is
 * missing becomes `cancelled`; on a route that is not `live` it is forgotten instead, unless a notification or a visit
 * event speaks of it. One that returns is `pending`, `arrived` or `departed` again, by its own times. The caller holds
 * the route's lock.
 *
 * @returns whether anything differs from before
 */
export async function putStops(
  trx: Database,
  ref: RouteRef,
  planned: readonly PlannedStop[],
  { live }: { live: boolean },
): Promise<boolean> {
  const before = await stopsOfRoute(trx, ref)
  const stopIds = new Set(planned.map(({ stopId }) => stopId))
  const missing = before.filter(({ stopId }) => !stopIds.has(stopId))
  const staying = before.filter(({ stopId, status }) => stopIds.has(stopId) && status !== 'cancelled')
  const removed = missing.filter(({ status }) => status !== 'cancelled')
  // Order counts among the stops of the plan alone: those that were removed stand behind it.
  const known = new Map(staying.map((stop, position) => [stop.stopId, { stop, position }]))
  const changed = planned.filter((stop, position) => {
    const old = known.get(stop.stopId)
    return old === undefined || old.position !== position || !isDeepStrictEqual(planOf(old.stop), planOf(stop))
  })

  if (!live && removed.length > 0) await forget(trx, ref, removed)
  if (changed.length > 0 || removed.length > 0) {
    await upsertStops(trx, ref, planned, live)
    await moveBehind(trx, ref, missing, planned.length)
  }
  const recontracted = planned.filter(
    ({ stopId, contractNumbers }) => !isDeepStrictEqual(contractsOf(before, stopId), contractNumbers),
  )
  if (recontracted.length > 0) await replaceContracts(trx, ref, recontracted)
  return changed.length > 0 || removed.length > 0
}

function planOf(stop: PlannedStop): PlannedStop {
  const { stopId, kind, scheduledAt, address, timeZone, location, geofenceId, contractNumbers } = stop
  return { stopId, kind, scheduledAt, address, timeZone, location, geofenceId, contractNumbers }
}

function contractsOf(stops: readonly StopView[], stopId: string): string[] | undefined {
  return stops.find((stop) => stop.stopId === stopId)?.contractNumbers
}

/** Deletes those that nothing refers to. Locks them first, so that a report that is being written is seen or refused. */
async function forget(trx: Database, ref: RouteRef, stops: readonly PlannedStop[]): Promise<void> {
  const bindings = { ...ref, stopIds: stops.map(({ stopId }) => stopId) }
  const these = 's.company_id = :companyId AND s.route_id = :routeId AND s.stop_id = ANY(:stopIds)'
  await rows(trx, `SELECT 1 FROM stops s WHERE ${these} ORDER BY s.stop_id FOR UPDATE`, bindings)
  const refers = (table: string) =>
    `SELECT 1 FROM ${table} x WHERE x.company_id = s.company_id AND x.route_id = s.route_id AND x.stop_id = s.stop_id`
  await rows(
    trx,
    `DELETE FROM stops s WHERE ${these}
       AND NOT EXISTS (${refers('notifications')}) AND NOT EXISTS (${refers('visit_events')})`,
    bindings,
  )
}

async function upsertStops(
  trx: Database,
  ref: RouteRef,
  planned: readonly PlannedStop[],
  late: boolean,
): Promise<void> {
  const list = planned.map(({ contractNumbers: _, location, scheduledAt, ...stop }, position) => ({
    ...stop,
    ...location,
    position,
    scheduledAt: new Date(scheduledAt).toISOString(),
  }))
  await rows(
    trx,
    `INSERT INTO stops AS s (company_id, route_id, stop_id, position, kind, scheduled_at, address, time_zone, latitude,
       longitude, geofence_id, added_late)
     SELECT :companyId, :routeId, p."stopId", p.position, p.kind, p."scheduledAt", p.address, p."timeZone", p.latitude,
       p.longitude, p."geofenceId", CAST(:late AS boolean)
     FROM jsonb_to_recordset(CAST(:list AS jsonb)) AS p ("stopId" text, position integer, kind text,
       "scheduledAt" timestamptz, address text, "timeZone" text, latitude double precision,
       longitude double precision, "geofenceId" text)
     ON CONFLICT (company_id, route_id, stop_id) DO UPDATE SET position = excluded.position, kind = excluded.kind,
       scheduled_at = excluded.scheduled_at, address = excluded.address, time_zone = excluded.time_zone,
       latitude = excluded.latitude, longitude = excluded.longitude, geofence_id = excluded.geofence_id,
       status = CASE WHEN s.status <> 'cancelled' THEN s.status WHEN s.departed_at IS NOT NULL THEN 'departed'
         WHEN s.arrived_at IS NOT NULL THEN 'arrived' ELSE 'pending' END,
       added_late = CASE WHEN s.status = 'cancelled' THEN excluded.added_late ELSE s.added_late END,
       added_at = CASE WHEN s.status = 'cancelled' THEN NULL ELSE s.added_at END`,
    { ...ref, late, list: JSON.stringify(list) },
  )
}

/** Cancels stops that are no longer planned and puts them behind the `count` that are, in the order they had. */
async function moveBehind(trx: Database, ref: RouteRef, stops: readonly PlannedStop[], count: number): Promise<void> {
  if (stops.length === 0) return
  await rows(
    trx,
    `UPDATE stops SET status = 'cancelled', position = :count + array_position(CAST(:stopIds AS text[]), stop_id) - 1
     WHERE company_id = :companyId AND route_id = :routeId AND stop_id = ANY(:stopIds)`,
    { ...ref, count, stopIds: stops.map(({ stopId }) => stopId) },
  )
}

async function replaceContracts(trx: Database, ref: RouteRef, stops: readonly PlannedStop[]): Promise<void> {
  await rows(
    trx,
    'DELETE FROM stop_contracts WHERE company_id = :companyId AND route_id = :routeId AND stop_id = ANY(:stopIds)',
    { ...ref, stopIds: stops.map(({ stopId }) => stopId) },
  )
  const list = stops.flatMap(({ stopId, contractNumbers }) =>
    contractNumbers.map((number, position) => ({ stopId, number, position })),
  )
  await rows(
    trx,
    `INSERT INTO stop_contracts (company_id, route_id, stop_id, position, contract_number)
     SELECT :companyId, :routeId, p."stopId", p.position, p.number
     FROM jsonb_to_recordset(CAST(:list AS jsonb)) AS p ("stopId" text, position integer, number text)`,
    { ...ref, list: JSON.stringify(list) },
  )
}
