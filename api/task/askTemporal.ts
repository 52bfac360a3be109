import { routesNeedingWorkflow } from '../../db/unfinished'
import { taskQueue as routesTaskQueue, workflowIdOf } from '../../domain/routeWorkflow'
import type { TemporalState } from '../../domain/taskHealth'
import { runningRoutes } from '../../integrations/temporal/runningRoutes'
import { readSchedule } from '../../integrations/temporal/taskSchedule'
import type { ApiParts } from '../apiParts'
import { lastPoll, pollsStill } from '../health/lastPoll'

const deadlineMs = 2_000
/** So long a route that has just been confirmed, and Temporal's list of what runs, may take to agree. */
const quietForMs = 60_000

/** What Temporal knows of the company, or null when it does not answer within two seconds. */
export async function askTemporal(
  { db, temporal: { client, taskQueue = routesTaskQueue }, log }: Pick<ApiParts, 'db' | 'temporal' | 'log'>,
  companyId: string,
): Promise<TemporalState | null> {
  const routes = await routesNeedingWorkflow(db, companyId, quietForMs)
  try {
    return await client.connection.withDeadline(Date.now() + deadlineMs, async () => {
      const [schedule, seenAt, running] = await Promise.all([
        readSchedule(client, companyId),
        lastPoll(client, taskQueue),
        runningRoutes(client, companyId),
      ])
      const missing = routes.filter((ref) => !running.has(workflowIdOf(ref)))
      return { schedule, workerPolls: pollsStill(seenAt), missingRoutes: missing.map(({ routeId }) => routeId) }
    })
  } catch (err) {
    log.warn({ err, company: companyId }, 'Temporal was asked for the state of a task, and did not answer')
    return null
  }
}
