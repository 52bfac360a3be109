import type { Client } from '@temporalio/client'
import type { RouteEvent } from '../../domain/routeEvent'
import { deliveryRouteType, routeEventSignal, workflowIdOf } from '../../domain/routeWorkflow'
import { type StartedRoute, workflowStartOf } from './workflowStart'

/** Tells a route's workflow of an event; one that has none gets it, with the event as the first thing that it hears. */
export async function startRoute(
  client: Client,
  taskQueue: string,
  route: StartedRoute,
  event: RouteEvent,
): Promise<void> {
  const { companyId, routeId } = route
  await client.workflow.signalWithStart(deliveryRouteType, {
    workflowId: workflowIdOf(route),
    taskQueue,
    args: [{ companyId, routeId }],
    signal: routeEventSignal,
    signalArgs: [event],
    ...workflowStartOf(route),
  })
}
