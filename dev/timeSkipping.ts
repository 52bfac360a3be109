import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectionLike } from '@temporalio/client'

/** The part of a connection that skips time. */
type Service = Pick<ConnectionLike, 'workflowService'>

/** `temporal.api.enums.v1.FastForwardPollingResult` */
const completed = 2
const failed = 3
/** `temporal.api.enums.v1.WorkflowExecutionStatus` */
const running = 1

/**
 * Moves a workflow's own clock forward, as soon as it is at rest by what `wanted` says then (milliseconds), and waits until
 * it is there and at rest, with every timer that comes due on the way fired and its activities done. What that takes of
 * real time counts into the duration. The server must be a Temporal 1.32 or later that was started with
 * `frontend.WorkflowTimeSkippingEnabled`.
 * @returns false for a workflow that has ended, or that ended on the way
 */
export async function fastForward(
  { workflowService }: Service,
  namespace: string,
  workflowId: string,
  wanted: () => number,
): Promise<boolean> {
  const workflowExecution = { workflowId }
  const id = randomUUID()
  try {
    if (!(await atRest({ workflowService }, namespace, workflowId))) return false
    const durationMs = wanted()
    if (durationMs <= 0) return true
    const duration = { seconds: Math.floor(durationMs / 1000) as never, nanos: (durationMs % 1000) * 1_000_000 }
    const timeSkippingConfig = { enabled: true, fastForwardConfig: { id, duration } }
    await workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution,
      workflowExecutionOptions: { timeSkippingConfig },
      updateMask: { paths: ['time_skipping_config'] },
    })
    for (;;) {
      const poll = { namespace, workflowExecution, fastForwardId: id }
      const answer = await workflowService.pollWorkflowExecutionTimeSkipping(poll)
      if (answer.fastForwardPollingResult === completed) return await atRest({ workflowService }, namespace, workflowId)
      if (answer.fastForwardPollingResult === failed) throw new Error(`Time was not skipped: ${answer.failedReason}`)
    }
  } catch (error) {
    if (/already completed|workflow not found|execution ended/i.test(String(error))) return false
    throw error
  }
}

/**
 * Waits until a workflow has nothing to do but to sleep: the server skips time past a workflow task that waits for its
 * worker. False for a workflow that has ended.
 */
export async function atRest({ workflowService }: Service, namespace: string, workflowId: string): Promise<boolean> {
  for (;;) {
    const { workflowExecutionInfo, pendingWorkflowTask, pendingActivities } =
      await workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } })
    if (workflowExecutionInfo?.status !== running) return false
    if (!pendingWorkflowTask && pendingActivities.length === 0) return true
    await delay(5)
  }
}
