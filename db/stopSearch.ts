import type { CalendarDate, Instant, StopKind, StopStatus } from '../domain/words'
import { type Database, pastAll, rows, timestamp, where } from './sql'

export interface StopSearch {
  /** In a contract's number, a customer's name or a stop's address; capitals and small letters are the same. */
  words: string
  /** The name has to be the whole of `words`. */
  wholeName: boolean
  /** A number or an email address in the form in which they are stored: the whole of it, or how it begins. */
  recipient: { whole: string } | { start: string }
  /** Addresses of stops are looked at from this day on. */
  addressesFrom: CalendarDate
  /** What is nearest to it comes first. */
  now: Instant
  limit: number
}

/** A stop that was found, with whose it is. */
export interface FoundStop {
  routeId: string
  routeName: string
  serviceDate: CalendarDate
  stopId: string
  kind: StopKind
  status: StopStatus
  scheduledAt: Instant
  address: string
  contracts: { number: string; customerName: string }[]
}

/** The stops of a customer, by whatever is known of them, also by where they were told; the nearest to now first. */
export function searchStops(db: Database, companyId: string, search: StopSearch): Promise<FoundStop[]> {
  const { words, wholeName, recipient, addressesFrom, now, limit } = search
  const name = wholeName ? 'lower(customer_name) = lower(:words)' : 'strpos(lower(customer_name), lower(:words)) > 0'
  // Bytewise, as the index of notifications is.
  const toThem = 'whole' in recipient ? 'address = :start' : 'address ~>=~ :start AND address ~<~ :past'
  const start = 'whole' in recipient ? recipient.whole : recipient.start
  return rows<FoundStop>(
    db,
    `WITH sought AS (
       SELECT number FROM contracts
       ${where('company_id = :companyId', `(strpos(lower(number), lower(:words)) > 0 OR ${name})`)}
       UNION SELECT contract_number FROM delivery_notifications ${where('company_id = :companyId', toThem)}
     ), found AS (
       SELECT sc.route_id, sc.stop_id FROM sought
       JOIN stop_contracts sc ON sc.company_id = :companyId AND sc.contract_number = sought.number
       UNION SELECT route_id, stop_id FROM notifications
       ${where('company_id = :companyId', toThem, 'erased_at IS NULL', 'NOT internal')}
       UNION SELECT s.route_id, s.stop_id FROM routes r
       JOIN stops s ON s.company_id = r.company_id AND s.route_id = r.route_id
       ${where('r.company_id = :companyId', 'r.service_date >= :addressesFrom', 'strpos(lower(s.address), lower(:words)) > 0')}
     )
     SELECT r.route_id AS "routeId", r.name AS "routeName", r.service_date AS "serviceDate", s.stop_id AS "stopId", s.kind,
       s.status, s.scheduled_at AS "scheduledAt", s.address, (
         SELECT coalesce(json_agg(json_build_object('number', sc.contract_number, 'customerName', c.customer_name)
           ORDER BY sc.position), '[]')
         FROM stop_contracts sc
         JOIN contracts c ON c.company_id = sc.company_id AND c.number = sc.contract_number
         WHERE sc.company_id = s.company_id AND sc.route_id = s.route_id AND sc.stop_id = s.stop_id) AS contracts
     FROM found
     JOIN stops s ON s.company_id = :companyId AND s.route_id = found.route_id AND s.stop_id = found.stop_id
     JOIN routes r ON r.company_id = s.company_id AND r.route_id = s.route_id
     ORDER BY abs(extract(epoch FROM s.scheduled_at - CAST(:now AS timestamptz))), s.route_id, s.stop_id LIMIT :limit`,
    { companyId, words, start, past: pastAll(start), addressesFrom, now: timestamp(now), limit },
  )
}
