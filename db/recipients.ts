import { reasonText } from '../domain/reasons'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Channel } from '../domain/words'
import type { ContractDocument } from './contracts'
import { eraseNotifications } from './eraseNotifications'
import { type Database, rows, theRow } from './sql'

/** Somebody whom a company tells, by the way in which they are reached. */
export interface RecipientAddress {
  companyId: string
  channel: Channel
  /** Normalised: E.164, or an email address as it is stored on contracts. */
  address: string
}

const theirRows = 'd.company_id = :companyId AND d.method = :channel AND d.address = :address'

/** The contracts that name the recipient, each with their own delivery notifications alone. */
export async function contractsNaming(db: Database, recipient: RecipientAddress): Promise<ContractDocument[]> {
  return rows<ContractDocument>(
    db,
    `SELECT c.number, json_build_object('name', c.customer_name) AS customer, c.fields,
       json_agg(json_build_object('method', d.method, 'address', d.address, 'events', d.events,
         'onlyIfTextFails', d.only_if_text_fails) ORDER BY d.position) AS "deliveryNotifications"
     FROM contracts c JOIN delivery_notifications d ON d.company_id = c.company_id AND d.contract_number = c.number
     WHERE ${theirRows} GROUP BY c.company_id, c.number ORDER BY c.number`,
    { ...recipient },
  )
}

/** Takes the recipient off every contract; gives the contracts' numbers. Puts of those contracts wait, as for each other. */
export async function takeOffContracts(trx: Database, recipient: RecipientAddress): Promise<string[]> {
  const contracts = await rows<{ number: string }>(
    trx,
    `SELECT number FROM contracts c WHERE company_id = :companyId AND number IN (
       SELECT d.contract_number FROM delivery_notifications d WHERE ${theirRows})
     ORDER BY number FOR NO KEY UPDATE`,
    { ...recipient },
  )
  const numbers = contracts.map(({ number }) => number)
  await rows(trx, `DELETE FROM delivery_notifications d WHERE ${theirRows}`, { ...recipient })
  // Who has read one of them with the recipient on it must not put them back unawares.
  await rows(trx, 'UPDATE contracts SET updated_at = now() WHERE company_id = :companyId AND number = ANY(:numbers)', {
    companyId: recipient.companyId,
    numbers,
  })
  return numbers
}

/** The routes that have to look at their facts when the recipient is taken off these contracts, or owe them a message. */
export async function routesTelling(
  trx: Database,
  recipient: RecipientAddress,
  contracts: string[],
): Promise<RouteRef[]> {
  return rows<RouteRef>(
    trx,
    `SELECT r.company_id AS "companyId", r.route_id AS "routeId" FROM routes r
     JOIN stop_contracts s ON s.company_id = r.company_id AND s.route_id = r.route_id
     WHERE r.company_id = :companyId AND r.status IN ('confirmed', 'in_progress') AND s.contract_number = ANY(:contracts)
     UNION SELECT n.company_id, n.route_id FROM notifications n
     WHERE n.company_id = :companyId AND n.channel = :channel AND n.address = :address
       AND n.status IN ('planned', 'held', 'sending')`,
    { ...recipient, contracts },
  )
}

const theirs = 'n.channel = :channel AND n.address = :address'

/** Longer than a route looks a text up (domain/lookUps.ts): by then it is known what can be known. */
const settlingTime = `interval '15 minutes'`

/** Its provider is being called, or asked what became of it. */
const isUnderWay = `coalesce((
  SELECT (a.outcome IS NULL OR (n.channel = 'sms' AND a.outcome = 'unknown')) AND a.called_at > clock_timestamp() - ${settlingTime}
  FROM attempts a WHERE a.notification_id = n.id ORDER BY a.number DESC LIMIT 1), false)
  AND n.status IN ('sending', 'unknown')`

/**
 * Erases what is stored of the recipient besides contracts: who was told and in what words (`eraseNotifications`), the notes
 * of consents, and tests by that channel, which do not say to whom they went. What was still to be sent is suppressed as
 * `cancelled`. The consents themselves stay, with the address: without it an opt-out could not be honoured, should the
 * recipient be put on a contract again.
 *
 * The caller has locked the routes (`routesTelling`) and taken the recipient off the contracts.
 * @returns how many notifications were erased, and how many could not be, because they are under way
 */
export async function eraseRecipient(
  trx: Database,
  recipient: RecipientAddress,
): Promise<{ erased: number; underWay: number }> {
  await endOpen(trx, recipient)
  const erased = await eraseNotifications(trx, `${theirs} AND NOT (${isUnderWay})`, { ...recipient })
  const { count: underWay } = await theRow<{ count: number }>(
    trx,
    `SELECT count(*) FROM notifications n WHERE n.company_id = :companyId AND ${theirs}`,
    { ...recipient },
  )
  await rows(
    trx,
    `UPDATE consents SET note = NULL
     WHERE company_id = :companyId AND channel = :channel AND address = :address AND note IS NOT NULL`,
    { ...recipient },
  )
  // What a provider said of it may quote the address.
  await rows(
    trx,
    `DELETE FROM provider_tests WHERE company_id = :companyId AND target = :channel AND coalesce(address, :address) = :address`,
    { ...recipient },
  )
  return { erased, underWay }
}

const kept = 'status, reason, planned_at, decision, settings_version, window_start, window_end'

/** Whatever is not under way comes to its end: what may have gone out is `unknown`, the rest is not sent. */
async function endOpen(trx: Database, recipient: RecipientAddress): Promise<void> {
  await rows(
    trx,
    `WITH ended AS (
       UPDATE notifications n SET updated_at = now(),
         status = CASE WHEN o.gone THEN 'unknown' ELSE 'suppressed' END,
         reason = CASE WHEN o.gone THEN NULL ELSE 'cancelled' END,
         reason_text = CASE WHEN o.gone THEN NULL ELSE :reasonText END,
         decision = CASE WHEN o.gone THEN n.decision ELSE n.decision || '{"action": "suppress", "withdrawn": true}' END
       FROM (
         SELECT n.id, n.status = 'sending' AND coalesce((SELECT a.outcome IS DISTINCT FROM 'try_later'
           FROM attempts a WHERE a.notification_id = n.id ORDER BY a.number DESC LIMIT 1), false) AS gone
         FROM notifications n
         WHERE n.company_id = :companyId AND ${theirs} AND n.status IN ('planned', 'held', 'sending') AND NOT (${isUnderWay})
       ) o
       WHERE n.id = o.id RETURNING n.*
     )
     INSERT INTO notification_decisions (notification_id, at, ${kept})
     SELECT id, now(), ${kept} FROM ended WHERE status = 'suppressed'`,
    { ...recipient, reasonText: reasonText('suppressed', 'cancelled') ?? null },
  )
}
