import { proxyActivities, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../activities'
import { handOffQueueOf } from '../domain/routeWorkflow'

/**
 * Somebody tries out a provider: one call, made once at most. By the workers that call vendors: whoever does not answer
 * holds up no message.
 */
export async function providerTest(testId: string): Promise<void> {
  const { testProvider } = proxyActivities<Activities>({
    taskQueue: handOffQueueOf(workflowInfo().taskQueue),
    startToCloseTimeout: '1 minute',
    retry: { maximumAttempts: 1 },
  })
  await testProvider(testId)
}
