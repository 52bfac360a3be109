import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { putRoute } from '../../db/putRoute'
import { lockRoute, type RouteHead } from '../../db/routes'
import { getRoute, type RouteView } from '../../db/routeViews'
import type { Database } from '../../db/sql'
import type { Actor } from '../../domain/audit'
import { ApiProblem } from '../../domain/errors'
import type { RouteRef } from '../../domain/routeWorkflow'
import { planChanges } from '../audit/auditedRoute'
import { type StoredMessage, storeMessage } from '../outbox/storeMessage'
import { type routeBody, routeDocument } from './routeBody'

type RouteBody = z.output<typeof routeBody>

/** Stores a route's plan if its status allows it; a live route's change goes into the outbox with it. */
export async function savePlan(
  db: Knex,
  ref: RouteRef,
  body: RouteBody,
  by: Actor,
): Promise<{ created: boolean; message: StoredMessage | null }> {
  return db.transaction(async (trx) => {
    const found = await lockRoute(trx, ref)
    refuseUnlessChangeable(found, body)
    const earlier = found && (await getRoute(trx, ref))
    const { created, changed, before } = await putRoute(trx, ref.companyId, routeDocument(ref.routeId, body))
    // Somebody may have created and confirmed it between the two statements.
    refuseUnlessChangeable(before, body)
    if (changed) await recordPlan(trx, ref, earlier, created, by)
    const live = before?.status === 'confirmed' || before?.status === 'in_progress'
    const message =
      live && changed
        ? await storeMessage(trx, ref, { eventId: randomUUID(), kind: 'planChanged', source: 'dispatch' })
        : null
    return { created, message }
  })
}

async function recordPlan(trx: Database, ref: RouteRef, earlier: RouteView | null, created: boolean, by: Actor) {
  const route = await getRoute(trx, ref)
  const changes = route === null ? [] : planChanges(earlier, route)
  const action = created ? 'route.created' : 'route.changed'
  await recordAudit(trx, { companyId: ref.companyId, by, action, subject: ref.routeId, changes })
}

function refuseUnlessChangeable(route: RouteHead | null, { serviceDate }: RouteBody): void {
  if (route === null || route.status === 'planned') return
  if (route.status === 'completed' || route.status === 'cancelled') throw routeClosed(route)
  if (route.serviceDate !== serviceDate)
    throw new ApiProblem(
      'route_confirmed',
      `Route "${route.routeId}" is confirmed for ${route.serviceDate}. Un-confirm it before moving it to ${serviceDate}.`,
    )
}

/** Said of a change to a route that is over. */
export function routeClosed({ routeId, status }: RouteHead): ApiProblem {
  return new ApiProblem('route_closed', `Route "${routeId}" is ${status}, so nothing about it can change any more.`)
}
