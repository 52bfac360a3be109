import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { lockRoute, type RouteHead } from '../../db/routes'
import type { Database } from '../../db/sql'
import type { Actor } from '../../domain/audit'
import type { RouteEventKind } from '../../domain/routeEvent'
import type { RouteRef } from '../../domain/routeWorkflow'
import type { Instant } from '../../domain/words'
import { type StoredMessage, storeMessage } from '../outbox/storeMessage'
import { noSuchRoute } from './readRoute'

/** Changes a route's status for whoever `by` names, or throws why not; null when it was so already. */
export type ChangeStatus = (db: Knex, ref: RouteRef, now: Instant, by: Actor) => Promise<StoredMessage | null>

/**
 * Decides about a route under its lock, so that of two requests at once the second sees what the first has done. What
 * `decide` answers is told to the route's workflow; null: nothing has changed.
 */
export function changeStatus(
  db: Knex,
  ref: RouteRef,
  decide: (trx: Database, route: RouteHead) => Promise<RouteEventKind | null>,
): Promise<StoredMessage | null> {
  return db.transaction(async (trx) => {
    const route = await lockRoute(trx, ref)
    if (route === null) throw noSuchRoute(ref)
    const kind = await decide(trx, route)
    return kind === null ? null : storeMessage(trx, ref, { eventId: randomUUID(), kind, source: 'dispatch' })
  })
}
