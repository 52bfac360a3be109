import { ActivityFailure, ApplicationFailure } from '@temporalio/common'
import { patched, workflowInfo } from '@temporalio/workflow'
import type { TaskDeeds } from '../domain/dispatchTask'
import { eraseExpired, lookUpUnknown, recordTaskRun, startMissingRoutes } from './taskActivities'

/**
 * One run of a company's task: what should be running and is not is started, what nobody knows is found out, what is
 * kept for too long is erased, and what was done is written down. It may run at any time and as often as it likes.
 */
export async function dispatchTask(companyId: string): Promise<TaskDeeds> {
  const run = { companyId, runId: workflowInfo().runId, startedAt: Date.now() }
  try {
    const started = await startMissingRoutes(companyId)
    const found = await lookUpUnknown(companyId)
    // A run that began before there was such a step goes on without it.
    const erased = patched('eraseExpired') ? await eraseExpired(companyId) : { routesErased: 0 }
    const done = { ...started, ...found, ...erased }
    await recordTaskRun({ ...run, ...done, endedAt: Date.now(), failure: null })
    return done
  } catch (error) {
    await recordTaskRun({ ...run, ...nothing, endedAt: Date.now(), failure: failureOf(error) })
    throw error
  }
}

const nothing: TaskDeeds = { routesStarted: 0, lookedUp: 0, settled: 0, routesErased: 0 }

/** The step that failed and the kind of its error. */
function failureOf(error: unknown): string {
  if (!(error instanceof ActivityFailure)) return 'the workflow itself'
  const { activityType, cause } = error
  return `${activityType}: ${cause instanceof ApplicationFailure ? cause.type : cause?.name}`
}
