import type { RouteEvent } from '../domain/routeEvent'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import type { ListenChannel } from './listenTo'
import { type Database, rows, theRow } from './sql'

/** An accepted request that Temporal has yet to hear of. */
export interface OutboxRow extends RouteRef {
  id: number
  message: RouteEvent
  createdAt: Instant
  /** How often it has been postponed. */
  tries: number
}

/** On which a row is announced; its payload is the row's id. */
const outboxChannel: ListenChannel = 'outbox'

/**
 * Stores the message with the request's own changes. The request may forward it itself for 3 seconds after that, then
 * the forwarder does. `earlierPending`: an older message of the route still waits, so the request must not overtake it;
 * the forwarder may take this one at once, and `notifyOutbox` after the commit tells it.
 *
 * The caller holds the route's lock (`lockRoute`): ids of one route are then committed in order, so that nobody sees a
 * later message before an earlier.
 */
export async function addToOutbox(
  trx: Database,
  ref: RouteRef,
  message: RouteEvent,
): Promise<{ id: number; earlierPending: boolean }> {
  return theRow(
    trx,
    `WITH earlier AS (
       SELECT EXISTS (SELECT 1 FROM outbox WHERE company_id = :companyId AND route_id = :routeId) AS pending
     )
     INSERT INTO outbox (company_id, route_id, message, not_before)
     SELECT :companyId, :routeId, CAST(:message AS jsonb),
       CASE WHEN pending THEN now() ELSE now() + interval '3 seconds' END
     FROM earlier
     RETURNING id, (SELECT pending FROM earlier) AS "earlierPending"`,
    { ...ref, message: JSON.stringify(message) },
  )
}

/** Wakes the forwarders for a row; in a transaction, when it commits. */
export async function notifyOutbox(db: Database, id: number): Promise<void> {
  await rows(db, 'SELECT pg_notify(:channel, CAST(:id AS text))', { channel: outboxChannel, id })
}

/**
 * Removes rows that Temporal has heard of and wakes the forwarders for what waited behind them. A row that is stored at
 * this very moment may miss both this and its own announcement: the forwarder's sweep finds it.
 */
export async function deleteFromOutbox(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await rows(
    db,
    `WITH gone AS (DELETE FROM outbox WHERE id = ANY(:ids) RETURNING company_id, route_id),
       behind AS (
         SELECT DISTINCT ON (o.company_id, o.route_id) o.id FROM outbox o JOIN gone USING (company_id, route_id)
         WHERE o.id <> ALL(:ids) ORDER BY o.company_id, o.route_id, o.id
       )
     SELECT pg_notify(:channel, CAST(id AS text)) FROM behind`,
    { ids, channel: outboxChannel },
  )
}

/**
 * Takes up to `limit` due rows, the earliest of each route, and keeps them until the transaction ends: delete or
 * postpone them **in this transaction**. Takers at once get rows of different routes, and nobody gets a later row while
 * the earlier one of its route exists.
 */
export async function takeOutboxBatch(trx: Database, limit: number): Promise<OutboxRow[]> {
  return rows<OutboxRow>(
    trx,
    `SELECT o.id, o.company_id AS "companyId", o.route_id AS "routeId", o.message, o.created_at AS "createdAt", o.tries
     FROM outbox o
     WHERE o.not_before <= now() AND NOT EXISTS (
       SELECT 1 FROM outbox e WHERE e.company_id = o.company_id AND e.route_id = o.route_id AND e.id < o.id
     )
     ORDER BY o.id
     LIMIT :limit
     FOR UPDATE OF o SKIP LOCKED`,
    { limit },
  )
}

/** Lets a row, and with it the later ones of its route, wait after a failure. */
export async function postponeOutbox(db: Database, id: number, error: string, delayMs: number): Promise<void> {
  await rows(
    db,
    `UPDATE outbox SET tries = tries + 1, last_error = :error,
       not_before = now() + CAST(:delayMs AS double precision) * interval '1 millisecond'
     WHERE id = :id`,
    { id, error: error.slice(0, 500), delayMs },
  )
}

/** How much waits, and since when. */
export async function outboxBacklog(db: Database): Promise<{ count: number; oldestAt: Instant | null }> {
  return theRow(db, 'SELECT count(*) AS count, min(created_at) AS "oldestAt" FROM outbox')
}
