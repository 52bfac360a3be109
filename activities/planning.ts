import { activityInfo } from '@temporalio/activity'
import type { Knex } from 'knex'
import { takeRouteFacts } from '../db/routeFacts'
import { savePlan } from '../db/savePlan'
import type { ConfiguredChannels } from '../domain/decideNotification'
import { handOffSteps } from '../domain/handOff'
import { planRoute } from '../domain/planRoute'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import { type Agenda, agendaOf } from './agenda'

/**
 * Reads the facts of a route, decides what it owes and writes the decisions down, in one transaction. It runs as a local
 * activity, whose own clock is the wall clock: `workflowNow` is the engine's, and the time since is added to it.
 * Null for a route that is no more.
 */
export async function planAt(
  { db, configured }: { db: Knex; configured: ConfiguredChannels },
  ref: RouteRef,
  workflowNow: Instant,
): Promise<Agenda | null> {
  const now = workflowNow + Math.max(0, Date.now() - activityInfo().scheduledTimestampMs)
  return db.transaction(async (trx) => {
    const facts = await takeRouteFacts(trx, ref, now)
    if (facts === null) return null
    const plan = planRoute(facts, now, configured)
    const ids = await savePlan(trx, ref, facts, plan)
    const { status, stops } = plan.progress
    const handOffs = handOffSteps({ ...facts, stops, route: { ...facts.route, status } }, now)
    return agendaOf(facts, plan, ids, now, handOffs)
  })
}
