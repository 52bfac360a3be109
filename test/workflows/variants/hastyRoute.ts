import { sleep } from '@temporalio/workflow'
import type { RouteRef } from '../../../domain/routeWorkflow'
import { deliveryRoute as route } from '../../../workflows/deliveryRoute'

/** A planted change, which the routes that sleep at a release would not survive: a timer that they do not have. */
export async function deliveryRoute(ref: RouteRef) {
  await sleep('1 minute')
  return route(ref)
}
