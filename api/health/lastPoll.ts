import type { Client } from '@temporalio/client'
import type { Instant } from '../../domain/words'

/** A poll waits on the server for up to a minute, and only its start is noted: that long a healthy worker may look silent. */
const workerSeenWithinMs = 60_000 + 10_000

/** When a worker last asked the task queue for work; 0 when none is known. */
export async function lastPoll(client: Client, taskQueue: string): Promise<Instant> {
  const { pollers } = await client.connection.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    // TASK_QUEUE_TYPE_WORKFLOW
    taskQueueType: 1,
  })
  return Math.max(0, ...(pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000))
}

/** Whether a worker that was seen then is there still. The server's notes are in wall-clock time. */
export function pollsStill(seenAt: Instant): boolean {
  return Date.now() - seenAt <= workerSeenWithinMs
}

/** When a worker last polled the queue, and how much waits in it: how many tasks, and for how long the oldest has. */
export async function queueState(client: Client, taskQueue: string) {
  const { workflowService } = client.connection
  const ask = (taskQueueType: number) =>
    workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType,
      reportStats: true,
    })
  // TASK_QUEUE_TYPE_WORKFLOW and TASK_QUEUE_TYPE_ACTIVITY
  const [workflows, activities] = await Promise.all([ask(1), ask(2)])
  const stats = [workflows, activities].map((answer) => answer.stats)
  return {
    seenAt: Math.max(0, ...(workflows.pollers ?? []).map(seconds).map((value) => value * 1_000)),
    backlog: stats.reduce((sum, each) => sum + Number(each?.approximateBacklogCount ?? 0), 0),
    oldestMs: Math.max(0, ...stats.map((each) => Number(each?.approximateBacklogAge?.seconds ?? 0) * 1_000)),
  }
}

const seconds = ({ lastAccessTime }: { lastAccessTime?: { seconds?: unknown } | null }) =>
  Number(lastAccessTime?.seconds ?? 0)
