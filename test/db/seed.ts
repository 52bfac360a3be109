import { putCompany } from '../../db/companies'
import { putContract } from '../../db/contracts'
import { putRoute, type RouteDocument } from '../../db/putRoute'
import { setRouteStatus } from '../../db/routes'
import { type Database, theRow } from '../../db/sql'
import type { PlannedStop } from '../../db/stops'
import { putTruck } from '../../db/trucks'

let last = 0

/** A company with the truck T1 (Samsara device D1), the truck T2 and the contracts C1 and C2. */
export async function seedCompany(db: Database): Promise<string> {
  last += 1
  const companyId = `company-${last}`
  await putCompany(db, { companyId, name: 'Rental Depot', phone: null, website: null, country: 'US' })
  await putTruck(db, companyId, { truckId: 'T1', name: 'Truck 1', device: { vendor: 'samsara', deviceId: 'D1' } })
  await putTruck(db, companyId, { truckId: 'T2', name: 'Truck 2', device: null })
  for (const number of ['C1', 'C2']) {
    await putContract(db, companyId, {
      number,
      customer: { name: 'Ann Smith' },
      fields: {},
      deliveryNotifications: [
        { method: 'sms', address: '+13125550100', events: ['confirmed', 'arrived'], onlyIfTextFails: false },
      ],
    })
  }
  return companyId
}

export const noon = Date.parse('2026-12-02T12:00:00Z')

export function aStop(stopId: string, fields: Partial<PlannedStop> = {}): PlannedStop {
  return {
    stopId,
    kind: 'delivery',
    scheduledAt: noon,
    address: '1 Main St',
    timeZone: null,
    location: null,
    geofenceId: null,
    contractNumbers: ['C1'],
    ...fields,
  }
}

export function aRoute(routeId: string, stops: PlannedStop[], fields: Partial<RouteDocument> = {}): RouteDocument {
  return { routeId, name: 'Route', serviceDate: '2026-12-02', truckId: 'T1', driverName: null, stops, ...fields }
}

/** A confirmed route with the stops. */
export async function confirmedRoute(
  db: Database,
  companyId: string,
  routeId: string,
  stops: PlannedStop[],
  fields: Partial<RouteDocument> = {},
) {
  const ref = { companyId, routeId }
  await db.transaction(async (trx) => {
    await putRoute(trx, companyId, aRoute(routeId, stops, fields))
    await setRouteStatus(trx, ref, 'confirmed', { confirmedAt: noon, confirmation: 1 })
  })
  return ref
}

/** A notification straight in its table, as the engine would have planned it; gives its id. */
export async function seedNotification(db: Database, fields: Record<string, unknown>): Promise<string> {
  const values: Record<string, unknown> = {
    event: 'confirmed',
    channel: 'sms',
    address: '+13125550100',
    revision: 1,
    contract_numbers: ['C1'],
    confirmation: 1,
    status: 'planned',
    settings_version: 0,
    ...fields,
  }
  const names = Object.keys(values)
  const { id } = await theRow<{ id: string }>(
    db,
    `INSERT INTO notifications (${names.join()}) VALUES (${names.map((name) => `:${name}`).join()}) RETURNING id`,
    values,
  )
  return id
}
