import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import type { RouteEvent } from '../../domain/routeEvent'
import { deliveryRouteType, type RouteRef, routeEventSignal, workflowIdOf } from '../../domain/routeWorkflow'
import { type StartedRoute, workflowStartOf } from './workflowStart'

/**
 * Tells a route's workflow of an event; one that has none gets it, with the event as the first thing that it hears. A route
 * that is confirmed for the first time has none, so it is started plainly, which is cheaper: it looks at its facts then.
 */
export async function startRoute(
  client: Client,
  taskQueue: string,
  route: StartedRoute,
  event: RouteEvent,
): Promise<void> {
  const { companyId, routeId, confirmation } = route
  const start = {
    workflowId: workflowIdOf(route),
    taskQueue,
    args: [{ companyId, routeId }] as [RouteRef],
    ...workflowStartOf(route),
  }
  if (event.kind === 'confirmed' && confirmation === 1) {
    try {
      await client.workflow.start(deliveryRouteType, start)
      return
    } catch (error) {
      // This message came through before.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    }
  }
  await client.workflow.signalWithStart(deliveryRouteType, {
    ...start,
    signal: routeEventSignal,
    signalArgs: [event],
  })
}
