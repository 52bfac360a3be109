import { randomUUID } from 'node:crypto'
import { lockRoute } from '../../db/routes'
import type { Database } from '../../db/sql'
import type { RouteRef } from '../../domain/routeWorkflow'
import { type StoredMessage, storeMessage } from './storeMessage'

/**
 * Lets live routes look at their facts again, after a change that concerns them: of a contract, a truck, the settings.
 * A route that has closed meanwhile is passed over.
 */
export async function nudgeRoutes(
  trx: Database,
  routes: readonly RouteRef[],
  source = 'dispatch',
): Promise<StoredMessage[]> {
  // Two such changes at once lock the routes that they share in the same order, so neither waits for the other's.
  const inOrder = [...routes].sort((a, b) => (a.routeId < b.routeId ? -1 : 1))
  const stored: StoredMessage[] = []
  for (const ref of inOrder) {
    const route = await lockRoute(trx, ref)
    if (route?.status !== 'confirmed' && route?.status !== 'in_progress') continue
    stored.push(await storeMessage(trx, ref, { eventId: randomUUID(), kind: 'planChanged', source }))
  }
  return stored
}
