import type {
  CalendarDate,
  Event,
  Instant,
  NotificationStatus,
  RouteStatus,
  StopKind,
  StopStatus,
} from '../domain/words'
import { type Database, ms, rows } from './sql'
import { everyCustomerToldByPhone } from './toldByPhone'
import type { Truck } from './trucks'

/** A route of a day at a glance: no text, no recipient, nothing that a board of hundreds does not show. */
export interface DayRoute {
  routeId: string
  name: string
  status: RouteStatus
  driverName: string | null
  confirmedAt: Instant | null
  truck: Truck | null
  /** In the order of the plan; removed ones stand at the end, as `cancelled`. */
  stops: {
    stopId: string
    kind: StopKind
    status: StopStatus
    scheduledAt: Instant
    address: string
    arrivedAt: Instant | null
    departedAt: Instant | null
  }[]
}

/** So many messages of a stop (null: of the whole route) stand alike. */
export interface DayMessages {
  routeId: string
  stopId: string | null
  event: Event
  status: NotificationStatus
  reason: string | null
  /** A person told each of their customers by phone. */
  toldByPhone: boolean
  count: number
  /** The earliest of them, by the engine's clock. */
  plannedAt: Instant | null
}

/** The first routes of a day, by their ids. */
export function routesOfDay(
  db: Database,
  companyId: string,
  serviceDate: CalendarDate,
  limit: number,
): Promise<DayRoute[]> {
  return rows<DayRoute>(
    db,
    `SELECT r.route_id AS "routeId", r.name, r.status, r.driver_name AS "driverName", r.confirmed_at AS "confirmedAt",
       CASE WHEN t.truck_id IS NOT NULL THEN json_build_object('truckId', t.truck_id, 'name', t.name,
         'device', CASE WHEN t.device_id IS NOT NULL
           THEN json_build_object('vendor', t.device_vendor, 'deviceId', t.device_id) END,
         'deviceLastEventAt', ${ms('t.device_last_event_at')}) END AS truck, (
         SELECT coalesce(json_agg(json_build_object('stopId', s.stop_id, 'kind', s.kind, 'status', s.status,
           'scheduledAt', ${ms('s.scheduled_at')}, 'address', s.address, 'arrivedAt', ${ms('s.arrived_at')},
           'departedAt', ${ms('s.departed_at')}) ORDER BY s.position, s.stop_id), '[]')
         FROM stops s WHERE s.company_id = r.company_id AND s.route_id = r.route_id) AS stops
     FROM routes r
     LEFT JOIN trucks t ON t.company_id = r.company_id AND t.truck_id = r.truck_id
     WHERE r.company_id = :companyId AND r.service_date = :serviceDate ORDER BY r.route_id LIMIT :limit`,
    { companyId, serviceDate, limit },
  )
}

/** The messages of those routes, counted; of one that was planned or sent again the latest alone. */
export function messagesOfDay(db: Database, companyId: string, serviceDate: CalendarDate): Promise<DayMessages[]> {
  return rows<DayMessages>(
    db,
    `SELECT n.route_id AS "routeId", n.stop_id AS "stopId", n.event, n.status, n.reason,
       ${everyCustomerToldByPhone} AS "toldByPhone", CAST(count(*) AS integer) AS count, min(n.planned_at) AS "plannedAt"
     FROM routes r
     JOIN notifications n ON n.company_id = r.company_id AND n.route_id = r.route_id
     WHERE r.company_id = :companyId AND r.service_date = :serviceDate AND NOT EXISTS (
       SELECT 1 FROM notifications again
       WHERE again.company_id = n.company_id AND again.route_id = n.route_id
         AND again.stop_id IS NOT DISTINCT FROM n.stop_id AND again.event = n.event AND again.channel = n.channel
         AND again.address = n.address AND again.revision > n.revision)
     GROUP BY n.route_id, n.stop_id, n.event, n.status, n.reason, "toldByPhone"
     ORDER BY n.route_id, n.stop_id, min(n.sequence)`,
    { companyId, serviceDate },
  )
}
