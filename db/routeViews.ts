import type { RouteRef } from '../domain/routeWorkflow'
import type { CalendarDate, DeviceVendor, Instant, RouteStatus } from '../domain/words'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { type Database, row, rows, where } from './sql'
import { type StopView, stopsAsJson } from './stops'
import type { Truck } from './trucks'

/** A route with its truck and its stops, as people see it; its notifications are listed by db/notifications. */
export interface RouteView extends RouteRef {
  name: string
  serviceDate: CalendarDate
  status: RouteStatus
  truck: Truck | null
  driverName: string | null
  confirmedAt: Instant | null
  confirmation: number
  createdAt: Instant
  updatedAt: Instant
  /** In the order of the plan; removed ones stand at the end, as `cancelled`. */
  stops: StopView[]
}

export interface RouteFilter extends PageRequest {
  serviceDate?: CalendarDate | undefined
  status?: RouteStatus | undefined
}

type RouteRow = Omit<RouteView, 'truck'> & {
  truckId: string | null
  truckName: string | null
  vendor: DeviceVendor | null
  deviceId: string | null
  deviceLastEventAt: Instant | null
}

const selectRoutes = `
  SELECT r.company_id AS "companyId", r.route_id AS "routeId", r.name, r.service_date AS "serviceDate", r.status,
    r.driver_name AS "driverName", r.confirmed_at AS "confirmedAt", r.confirmation, r.created_at AS "createdAt",
    r.updated_at AS "updatedAt", t.truck_id AS "truckId", t.name AS "truckName", t.device_vendor AS vendor,
    t.device_id AS "deviceId", t.device_last_event_at AS "deviceLastEventAt", ${stopsAsJson('r')} AS stops
  FROM routes r
  LEFT JOIN trucks t ON t.company_id = r.company_id AND t.truck_id = r.truck_id`

/** The whole route, or null. */
export async function getRoute(db: Database, ref: RouteRef): Promise<RouteView | null> {
  const sql = `${selectRoutes} WHERE r.company_id = :companyId AND r.route_id = :routeId`
  const found = await row<RouteRow>(db, sql, { ...ref })
  return found && viewOf(found)
}

/** Routes of a company by service date and id. */
export async function listRoutes(
  db: Database,
  companyId: string,
  { serviceDate, status, limit, after }: RouteFilter,
): Promise<Page<RouteView>> {
  const key = readCursor<[string, string]>(after, cursorParts.date, cursorParts.text)
  const conditions = where(
    'r.company_id = :companyId',
    serviceDate !== undefined && 'r.service_date = :serviceDate',
    status !== undefined && 'r.status = :status',
    key !== null && '(r.service_date, r.route_id) > (CAST(:afterDate AS date), :afterId)',
  )
  const found = await rows<RouteRow>(
    db,
    `${selectRoutes} ${conditions} ORDER BY r.service_date, r.route_id LIMIT :fetched`,
    {
      companyId,
      serviceDate: serviceDate ?? null,
      status: status ?? null,
      afterDate: key?.[0] ?? null,
      afterId: key?.[1] ?? null,
      fetched: limit + 1,
    },
  )
  const page = pageOf(found, limit, (route) => [route.serviceDate, route.routeId])
  return { items: page.items.map(viewOf), next: page.next }
}

function viewOf({ truckId, truckName, vendor, deviceId, deviceLastEventAt, ...route }: RouteRow): RouteView {
  const device = vendor !== null && deviceId !== null ? { vendor, deviceId } : null
  const truck = truckId !== null && truckName !== null ? { truckId, name: truckName, device, deviceLastEventAt } : null
  return { ...route, truck }
}
