import type { Channel, Instant } from '../domain/words'
import { type Database, rows, theRow, timestamp } from './sql'

/** How a channel's provider has done within the last hour. */
export interface ChannelRecord {
  channel: Channel
  calls: number
  /** Calls that were not accepted: refused, put off, or without an answer. */
  failed: number
  lastAcceptedAt: Instant | null
}

/** The calls of a company's notifications to providers within the hour before `now`, the engine's clock. */
export async function recordOfChannels(db: Database, companyId: string, now: Instant): Promise<ChannelRecord[]> {
  return rows<ChannelRecord>(
    db,
    `SELECT n.channel, count(*) AS calls, count(*) FILTER (WHERE a.outcome <> 'accepted') AS failed,
       max(a.at) FILTER (WHERE a.outcome = 'accepted') AS "lastAcceptedAt"
     FROM notifications n JOIN attempts a ON a.notification_id = n.id
     WHERE n.company_id = :companyId AND n.listed_at >= :dayBefore AND a.at >= :since AND a.outcome IS NOT NULL
     GROUP BY n.channel`,
    { companyId, since: timestamp(now - 3_600_000), dayBefore: timestamp(now - 86_400_000) },
  )
}

/** Since when the oldest message that should have gone has been due; null when none is. */
export async function oldestDue(db: Database, companyId: string, now: Instant): Promise<Instant | null> {
  const { at } = await theRow<{ at: Instant | null }>(
    db,
    `SELECT min(planned_at) AS at FROM notifications
     WHERE company_id = :companyId AND status IN ('planned', 'held') AND planned_at < :now`,
    { companyId, now: timestamp(now) },
  )
  return at
}

/** A truck with a device that is on a live route of that day. */
export interface DeviceOnRoute {
  truckId: string
  vendor: string
  deviceLastEventAt: Instant | null
}

/** The trucks with a device that are on the road that day, with when each device was last heard of. */
export async function devicesOnRoutes(db: Database, companyId: string, serviceDate: string): Promise<DeviceOnRoute[]> {
  return rows<DeviceOnRoute>(
    db,
    `SELECT DISTINCT t.truck_id AS "truckId", t.device_vendor AS vendor, t.device_last_event_at AS "deviceLastEventAt"
     FROM routes r JOIN trucks t ON t.company_id = r.company_id AND t.truck_id = r.truck_id
     WHERE r.company_id = :companyId AND r.service_date = CAST(:serviceDate AS date)
       AND r.status IN ('confirmed', 'in_progress') AND t.device_id IS NOT NULL
     ORDER BY t.truck_id`,
    { companyId, serviceDate },
  )
}
