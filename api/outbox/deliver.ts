import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { getRoute, type RouteView } from '../../db/routeViews'
import type { Database } from '../../db/sql'
import type { RouteEvent } from '../../domain/routeEvent'
import { type RouteRef, routeEventSignal, taskQueue as routesTaskQueue, workflowIdOf } from '../../domain/routeWorkflow'
import { startRoute } from '../../integrations/temporal/startRoute'

/** Temporal, as the forwarder needs it. */
export interface TemporalTarget {
  client: Client
  /** Of the route workers; the product's own without it. */
  taskQueue?: string | undefined
}

/** What became of a message: Temporal has it, or nobody will ever need it. */
export type Delivery = 'delivered' | 'needless'

/**
 * Hands one message of the outbox to Temporal, giving up after `deadlineMs`. Throws when Temporal cannot take it now. May
 * be repeated: the workflow knows a message by its eventId, and reads the facts again whatever it is told.
 */
export async function deliver(
  { companyId, routeId, message, route: known }: RouteRef & { message: RouteEvent; route?: RouteView },
  db: Database,
  { client, taskQueue = routesTaskQueue }: TemporalTarget,
  deadlineMs: number,
): Promise<Delivery> {
  const ref = { companyId, routeId }
  return client.connection.withDeadline(Date.now() + deadlineMs, async () => {
    if (message.kind !== 'confirmed') {
      try {
        await client.workflow.getHandle(workflowIdOf(ref)).signal(routeEventSignal, message)
        return 'delivered'
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error
      }
    }
    const route = known ?? (await getRoute(db, ref))
    if (route === null || !isWorthStarting(route, message)) return 'needless'
    await startRoute(client, taskQueue, route, message)
    return 'delivered'
  })
}

/**
 * Whether a route without a running workflow needs one to hear of this. A confirmation does, even of a route that has
 * been un-confirmed since: what comes after it in the outbox finds it running. So does whatever happens to a live route,
 * the cancellation of one that was confirmed before, whose customers may have to be told, like its un-confirmation, of which
 * a vendor may, a message that a person sends again, even of a route that is over, and a text that turns out not to have
 * reached anybody after its route has ended: an email may have to stand in for it.
 */
function isWorthStarting({ status, confirmation }: RouteView, { kind }: RouteEvent): boolean {
  if (kind === 'confirmed' || kind === 'resendAsked' || status === 'confirmed' || status === 'in_progress') return true
  if (kind === 'undelivered') return status !== 'planned'
  return (kind === 'cancelled' || kind === 'unconfirmed') && confirmation > 0
}
