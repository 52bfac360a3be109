import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { z } from 'zod'
import { putRoute } from '../../db/putRoute'
import { lockRoute, type RouteHead } from '../../db/routes'
import { ApiProblem } from '../../domain/errors'
import type { RouteRef } from '../../domain/routeWorkflow'
import { type StoredMessage, storeMessage } from '../outbox/storeMessage'
import { type routeBody, routeDocument } from './routeBody'

type RouteBody = z.output<typeof routeBody>

/** Stores a route's plan if its status allows it; a live route's change goes into the outbox with it. */
export async function savePlan(
  db: Knex,
  ref: RouteRef,
  body: RouteBody,
): Promise<{ created: boolean; message: StoredMessage | null }> {
  return db.transaction(async (trx) => {
    refuseUnlessChangeable(await lockRoute(trx, ref), body)
    const { created, changed, before } = await putRoute(trx, ref.companyId, routeDocument(ref.routeId, body))
    // Somebody may have created and confirmed it between the two statements.
    refuseUnlessChangeable(before, body)
    const live = before?.status === 'confirmed' || before?.status === 'in_progress'
    const message =
      live && changed
        ? await storeMessage(trx, ref, { eventId: randomUUID(), kind: 'planChanged', source: 'dispatch' })
        : null
    return { created, message }
  })
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
