import { addToOutbox, notifyOutbox } from '../../db/outbox'
import type { RouteView } from '../../db/routeViews'
import type { Database } from '../../db/sql'
import type { RouteEvent } from '../../domain/routeEvent'
import type { RouteRef } from '../../domain/routeWorkflow'

/** A message that is in the outbox and, after the commit, to be forwarded. */
export interface StoredMessage extends RouteRef {
  id: number
  message: RouteEvent
  /** An older message of the route waits: this one must not overtake it. */
  earlierPending: boolean
  /** The route as it is after the change, if it was read: its workflow can be started without reading it again. */
  route?: RouteView
}

/**
 * Stores what Temporal is to hear of, in the transaction of the change that it is about, so that neither is ever there
 * without the other. Hand the answer to `forwarder.forward` after the commit.
 */
export async function storeMessage(
  trx: Database,
  { companyId, routeId }: RouteRef,
  message: RouteEvent,
): Promise<StoredMessage> {
  const { id, earlierPending } = await addToOutbox(trx, { companyId, routeId }, message)
  // Whoever forwards the one before it may have finished by the commit: then nobody else would look again soon.
  if (earlierPending) await notifyOutbox(trx, id)
  return { id, companyId, routeId, message, earlierPending }
}
