import type { Knex } from 'knex'
import type { CalendarDate } from '../domain/words'
import { erased, eraseNotifications } from './eraseNotifications'
import { rows } from './sql'

/**
 * Erases the personal data of up to `limit` of the company's routes of before that day, the oldest first: of their
 * notifications, where their stops were, who drove, and what vendors were told of them and said. Only routes that are
 * completed or cancelled, and that owe nobody a message. What was reported at their stops, and when, stays.
 * @returns how many routes were erased; fewer than `limit` when nothing is left
 */
export async function eraseRoutes(db: Knex, companyId: string, before: CalendarDate, limit: number): Promise<number> {
  return db.transaction(async (trx) => {
    const found = await rows<{ routeId: string }>(
      trx,
      // The lock keeps the engine away; what it has locked at the moment is for the next run.
      `SELECT route_id AS "routeId" FROM routes r
       WHERE company_id = :companyId AND erased_at IS NULL AND status IN ('completed', 'cancelled')
         AND service_date < CAST(:before AS date)
         AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.company_id = r.company_id AND n.route_id = r.route_id
           AND n.status IN ('planned', 'held', 'sending'))
       ORDER BY service_date, route_id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED`,
      { companyId, before, limit },
    )
    const these = { companyId, routeIds: found.map(({ routeId }) => routeId) }
    const ofThese = 'company_id = :companyId AND route_id = ANY(:routeIds)'
    await eraseNotifications(trx, 'n.route_id = ANY(:routeIds)', these)
    await rows(trx, `UPDATE stops SET address = '${erased}', latitude = NULL, longitude = NULL WHERE ${ofThese}`, these)
    await rows(
      trx,
      `WITH told AS (UPDATE hand_offs SET document = NULL WHERE ${ofThese} RETURNING id)
       UPDATE hand_off_attempts SET message = NULL WHERE hand_off_id IN (SELECT id FROM told) AND message IS NOT NULL`,
      these,
    )
    await rows(trx, `UPDATE routes SET driver_name = NULL, erased_at = now() WHERE ${ofThese}`, these)
    return found.length
  })
}
