import type { RouteRef } from '../domain/routeWorkflow'
import type { CalendarDate, DeviceVendor, Instant } from '../domain/words'
import { violates } from './connect'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { type Database, row, rows, theRow, timestamp, where } from './sql'

export interface Device {
  vendor: DeviceVendor
  deviceId: string
}

export interface TruckDocument {
  truckId: string
  name: string
  device: Device | null
}

export interface Truck extends TruckDocument {
  /** When the device was last heard of; null without one, and until its first event. */
  deviceLastEventAt: Instant | null
}

export type PutTruckOutcome =
  | { truck: Truck; before: Truck | null; created: boolean; deviceChanged: boolean }
  /** The device belongs to that other truck of the company. */
  | { conflict: 'device_already_linked'; truckId: string }

interface TruckRow {
  truckId: string
  name: string
  vendor: DeviceVendor | null
  deviceId: string | null
  deviceLastEventAt: Instant | null
}

const columns = `truck_id AS "truckId", name, device_vendor AS vendor, device_id AS "deviceId",
  device_last_event_at AS "deviceLastEventAt"`

/**
 * Creates the truck or replaces its name and device; another device begins with no event. `deviceChanged` says whether
 * the arrival source of its live routes may have changed.
 */
export async function putTruck(db: Database, companyId: string, document: TruckDocument): Promise<PutTruckOutcome> {
  const { truckId, name, device } = document
  const bindings = { companyId, truckId, name, vendor: device?.vendor ?? null, deviceId: device?.deviceId ?? null }
  try {
    // In a savepoint when the caller is in a transaction, which outlives a refusal that way.
    return await db.transaction(async (trx) => {
      const before = await row<TruckRow>(
        trx,
        `SELECT ${columns} FROM trucks WHERE company_id = :companyId AND truck_id = :truckId FOR NO KEY UPDATE`,
        bindings,
      )
      const { created, ...after } = await theRow<TruckRow & { created: boolean }>(
        trx,
        `INSERT INTO trucks AS t (company_id, truck_id, name, device_vendor, device_id)
         VALUES (:companyId, :truckId, :name, :vendor, :deviceId)
         ON CONFLICT (company_id, truck_id) DO UPDATE SET name = excluded.name,
           device_vendor = excluded.device_vendor, device_id = excluded.device_id,
           device_last_event_at = CASE WHEN t.device_vendor = excluded.device_vendor AND t.device_id = excluded.device_id
             THEN t.device_last_event_at END
         RETURNING ${columns}, xmax = 0 AS created`,
        bindings,
      )
      const deviceChanged =
        (before?.vendor ?? null) !== bindings.vendor || (before?.deviceId ?? null) !== bindings.deviceId
      return { truck: truckOf(after), before: before && truckOf(before), created, deviceChanged }
    })
  } catch (error) {
    if (device === null || !violates(error, 'trucks_by_device')) throw error
    const owner = await truckOfDevice(db, companyId, device.vendor, device.deviceId)
    // Unlinked again since the refusal: the second try finds the device free.
    if (owner === null) return putTruck(db, companyId, document)
    return { conflict: 'device_already_linked', truckId: owner.truckId }
  }
}

/** The truck, or null. */
export async function getTruck(db: Database, companyId: string, truckId: string): Promise<Truck | null> {
  const found = await row<TruckRow>(
    db,
    `SELECT ${columns} FROM trucks WHERE company_id = :companyId AND truck_id = :truckId`,
    { companyId, truckId },
  )
  return found && truckOf(found)
}

export interface ListedTruck extends Truck {
  /** Its confirmed or running route of the day that was asked about, of several the one with the earliest first stop. */
  liveRoute: { routeId: string; name: string } | null
}

/** The company's trucks by their ids, each with its live route of that day. */
export async function listTrucks(
  db: Database,
  companyId: string,
  { serviceDate, limit, after }: PageRequest & { serviceDate: CalendarDate },
): Promise<Page<ListedTruck>> {
  const key = readCursor<[string]>(after, cursorParts.text)
  const conditions = where('t.company_id = :companyId', key !== null && 't.truck_id > :afterId')
  const found = await rows<TruckRow & Pick<ListedTruck, 'liveRoute'>>(
    db,
    `SELECT ${columns}, (
       SELECT json_build_object('routeId', r.route_id, 'name', r.name) FROM routes r
       WHERE r.company_id = t.company_id AND r.truck_id = t.truck_id AND r.service_date = CAST(:serviceDate AS date)
         AND r.status IN ('confirmed', 'in_progress')
       ORDER BY (SELECT min(s.scheduled_at) FROM stops s WHERE s.company_id = r.company_id AND s.route_id = r.route_id
         AND s.status <> 'cancelled') NULLS LAST, r.route_id LIMIT 1) AS "liveRoute"
     FROM trucks t ${conditions} ORDER BY t.truck_id LIMIT :fetched`,
    { companyId, serviceDate, afterId: key?.[0] ?? null, fetched: limit + 1 },
  )
  const listed = found.map(({ liveRoute, ...truck }) => ({ ...truckOf(truck), liveRoute }))
  return pageOf(listed, limit, ({ truckId }) => [truckId])
}

/** The truck that the device is linked to, or null. */
export async function truckOfDevice(
  db: Database,
  companyId: string,
  vendor: DeviceVendor,
  deviceId: string,
): Promise<Truck | null> {
  const found = await row<TruckRow>(
    db,
    `SELECT ${columns} FROM trucks
     WHERE company_id = :companyId AND device_vendor = :vendor AND device_id = :deviceId`,
    { companyId, vendor, deviceId },
  )
  return found && truckOf(found)
}

/** Notes that the truck's device was heard of at that moment; an earlier one than the last known changes nothing. */
export async function deviceSeen(db: Database, companyId: string, truckId: string, at: Instant): Promise<void> {
  await rows(
    db,
    `UPDATE trucks SET device_last_event_at = :at
     WHERE company_id = :companyId AND truck_id = :truckId AND device_id IS NOT NULL
       AND (device_last_event_at IS NULL OR device_last_event_at < :at)`,
    { companyId, truckId, at: timestamp(at) },
  )
}

/**
 * The truck's confirmed and running routes of any day: those that a change of its device concerns, in
 * the order in which everybody locks several routes.
 */
export async function liveRoutesOfTruck(db: Database, companyId: string, truckId: string): Promise<RouteRef[]> {
  return rows<RouteRef>(
    db,
    `SELECT company_id AS "companyId", route_id AS "routeId" FROM routes
     WHERE company_id = :companyId AND truck_id = :truckId AND status IN ('confirmed', 'in_progress')
     ORDER BY route_id`,
    { companyId, truckId },
  )
}

function truckOf({ truckId, name, vendor, deviceId, deviceLastEventAt }: TruckRow): Truck {
  const device = vendor !== null && deviceId !== null ? { vendor, deviceId } : null
  return { truckId, name, device, deviceLastEventAt }
}
