import type { Knex } from 'knex'
import { takeRouteFacts } from '../../db/routeFacts'
import { savePlan } from '../../db/savePlan'
import { planRoute } from '../../domain/planRoute'
import type { RouteRef } from '../../domain/routeWorkflow'
import type { Instant } from '../../domain/words'

/** Plans a route as its workflow would at that moment, and writes the decisions down; sends nothing. */
export async function planAsEngine(db: Knex, ref: RouteRef, now: Instant): Promise<void> {
  await db.transaction(async (trx) => {
    const facts = await takeRouteFacts(trx, ref, now)
    if (facts === null) throw new Error(`There is no route ${ref.routeId}.`)
    await savePlan(trx, ref, facts, planRoute(facts, now, { sms: true, email: true }))
  })
}
