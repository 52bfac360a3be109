import { beforeConfirming, type RouteHead, setRouteStatus } from '../../db/routes'
import { ApiProblem } from '../../domain/errors'
import { dateOf } from '../../domain/schedule/zonedTime'
import type { Instant } from '../../domain/words'
import { routeClosed } from './savePlan'
import { type ChangeStatus, changeStatus } from './statusChange'

/** Confirms a route: it has stops, is not over, and its day has not passed. A confirmed one stays as it is. */
export const confirmRoute: ChangeStatus = (db, ref, now, by) =>
  changeStatus(db, ref, async (trx, route) => {
    if (route.status === 'completed' || route.status === 'cancelled') throw routeClosed(route)
    if (route.status !== 'planned') return null

    const { timeZone, hasStops } = await beforeConfirming(trx, ref)
    refusePassedDate(route, now, timeZone)
    if (!hasStops)
      throw new ApiProblem('invalid_request', 'A route without stops cannot be confirmed: there is nobody to tell.', [
        { path: 'stops', message: 'is empty; put the route with at least one stop, then confirm it' },
      ])
    await setRouteStatus(trx, ref, 'confirmed', { confirmedAt: now, confirmation: route.confirmation + 1, by })
    return 'confirmed'
  })

/** Throws for a route whose day is over at that moment: its customers have nothing to expect any more. */
export function refusePassedDate({ serviceDate }: Pick<RouteHead, 'serviceDate'>, at: Instant, zone: string): void {
  const today = dateOf(at, zone)
  if (serviceDate >= today) return
  throw new ApiProblem(
    'service_date_passed',
    `The service date ${serviceDate} has passed: it is ${today} in ${zone} then. Move the route to that day or later first.`,
  )
}
