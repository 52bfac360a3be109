import { randomUUID } from 'node:crypto'
import type { ConnectionLike } from '@temporalio/client'

/** The part of a connection that skips time. */
type Service = Pick<ConnectionLike, 'workflowService'>

/** `temporal.api.enums.v1.FastForwardPollingResult` */
const completed = 2
const failed = 3

/**
 * Moves a workflow's own clock forward by `durationMs` and waits until it is there, with every timer that comes due on
 * the way fired and its activities done. What that takes of real time counts into the duration. The server must be a
 * Temporal 1.32 or later that was started with `frontend.WorkflowTimeSkippingEnabled`.
 * @returns false for a workflow that has ended, or that ended on the way
 */
export async function fastForward(
  { workflowService }: Service,
  namespace: string,
  workflowId: string,
  durationMs: number,
): Promise<boolean> {
  const workflowExecution = { workflowId }
  const id = randomUUID()
  const duration = { seconds: Math.floor(durationMs / 1000) as never, nanos: (durationMs % 1000) * 1_000_000 }
  const timeSkippingConfig = { enabled: true, fastForwardConfig: { id, duration } }
  try {
    await workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution,
      workflowExecutionOptions: { timeSkippingConfig },
      updateMask: { paths: ['time_skipping_config'] },
    })
    for (;;) {
      const poll = { namespace, workflowExecution, fastForwardId: id }
      const answer = await workflowService.pollWorkflowExecutionTimeSkipping(poll)
      if (answer.fastForwardPollingResult === completed) return true
      if (answer.fastForwardPollingResult === failed) throw new Error(`Time was not skipped: ${answer.failedReason}`)
    }
  } catch (error) {
    if (/already completed|workflow not found|execution ended/i.test(String(error))) return false
    throw error
  }
}
