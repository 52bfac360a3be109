import { randomUUID } from 'node:crypto'
import { activityInfo, getClient } from '@temporalio/activity'
import type { Knex } from 'knex'
import { getRoute } from '../db/routeViews'
import { routesNeedingWorkflow } from '../db/unfinished'
import { type RouteRef, workflowIdOf } from '../domain/routeWorkflow'
import { isRunning, runningRoutes } from '../integrations/temporal/runningRoutes'
import { startRoute } from '../integrations/temporal/startRoute'
import { inGroups, withHeartbeats } from './heartbeats'

/** How many routes are asked after at once. */
const atOnce = 10

/**
 * Starts the workflow of every route of the company that needs one and has none: it was terminated, or Temporal lost it. It
 * reads the facts and does what is left to do; whoever was told is not told again. A route that runs hears nothing.
 * @returns how many routes were started
 */
export async function startMissingRoutes(db: Knex, companyId: string): Promise<{ routesStarted: number }> {
  return withHeartbeats(async () => {
    const running = await runningRoutes(getClient(), companyId)
    const routes = await routesNeedingWorkflow(db, companyId)
    const silent = routes.filter((ref) => !running.has(workflowIdOf(ref)))
    let routesStarted = 0
    await inGroups(silent, atOnce, async (ref) => {
      if (await isRunning(getClient(), ref)) return
      await wakeRoute(db, ref)
      routesStarted += 1
    })
    return { routesStarted }
  })
}

/** Lets a route look at its facts again, whether its workflow runs or not. */
export async function wakeRoute(db: Knex, ref: RouteRef): Promise<void> {
  const route = await getRoute(db, ref)
  if (route === null) return
  const nudge = { eventId: randomUUID(), kind: 'planChanged', source: 'task' } as const
  await startRoute(getClient(), activityInfo().taskQueue, route, nudge)
}
