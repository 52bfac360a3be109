import { type Database, rows } from './sql'

/** What is shown in place of what has been erased. */
export const erased = 'erased'

/**
 * Erases who was told, and in what words, from those of the company's notifications that `which` (a condition on `n`)
 * selects: address, subject, text, the reason of a resend, and what the provider said of it, which may quote the number.
 * Events, statuses, reasons, moments, decisions and the provider's ids stay. The address becomes a random word, the same
 * for all notifications of a recipient on a route, so that revisions stay together; nothing leads back to it.
 * @returns how many were erased
 */
export async function eraseNotifications(
  trx: Database,
  which: string,
  bindings: { companyId: string } & Record<string, unknown>,
): Promise<number> {
  const gone = await rows(
    trx,
    `WITH chosen AS (
       SELECT n.id, n.route_id, n.channel, n.address FROM notifications n
       WHERE n.company_id = :companyId AND n.erased_at IS NULL AND ${which}
     ), stand_ins AS MATERIALIZED (
       SELECT r.*, '${erased}:' || gen_random_uuid() AS word FROM (SELECT DISTINCT route_id, channel, address FROM chosen) r
     ), said AS (
       UPDATE attempts SET message = NULL WHERE notification_id IN (SELECT id FROM chosen) AND message IS NOT NULL
     )
     UPDATE notifications n SET address = s.word, subject = NULL, text = NULL,
       resend_reason = CASE WHEN n.resend_reason IS NULL THEN NULL ELSE '${erased}' END, erased_at = now(), updated_at = now()
     FROM chosen c JOIN stand_ins s USING (route_id, channel, address)
     WHERE n.id = c.id RETURNING n.id`,
    bindings,
  )
  return gone.length
}
