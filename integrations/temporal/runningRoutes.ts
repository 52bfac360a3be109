import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { deliveryRouteType, type RouteRef, workflowIdOf } from '../../domain/routeWorkflow'

/**
 * Ids of the company's routes' workflows that run, as Temporal lists them. The list lags behind by a moment: what it lacks
 * is to be asked for with `isRunning`, and what has just ended is missed until the next time.
 */
export async function runningRoutes(client: Client, companyId: string): Promise<Set<string>> {
  const query = `WorkflowType = '${deliveryRouteType}' AND ExecutionStatus = 'Running' AND CompanyId = '${companyId}'`
  const running = new Set<string>()
  for await (const { workflowId } of client.workflow.list({ query })) running.add(workflowId)
  return running
}

/** Whether the route's workflow runs at this moment. */
export async function isRunning(client: Client, ref: RouteRef): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowIdOf(ref)).describe()
    return status.name === 'RUNNING'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
