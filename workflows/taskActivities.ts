import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { Activities } from '../activities'

/**
 * A run gives up after ten minutes and is recorded as failed: the next one does the same work, and an operator sees that
 * something is wrong.
 */
const retry = { initialInterval: '200ms', maximumInterval: '10s' } as const

export const { startMissingRoutes, lookUpUnknown, eraseExpired } = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10s',
  retry,
})

/** Short and repeatable: it runs inside the workflow task, without a round trip. */
export const { recordTaskRun } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '10 minutes',
  retry,
})
