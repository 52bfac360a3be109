import { setRouteStatus } from '../../db/routes'
import { ApiProblem } from '../../domain/errors'
import { routeClosed } from './savePlan'
import { type ChangeStatus, changeStatus } from './statusChange'

/** Takes a confirmation back. A planned route stays as it is; one that has begun cannot go back. */
export const unconfirmRoute: ChangeStatus = (db, ref, now, by) =>
  changeStatus(db, ref, async (trx, route) => {
    if (route.status === 'completed' || route.status === 'cancelled') throw routeClosed(route)
    if (route.status === 'in_progress')
      throw new ApiProblem(
        'route_in_progress',
        `Route "${route.routeId}" has begun, so it cannot be un-confirmed. Cancel it instead.`,
      )
    if (route.status === 'planned') return null
    await setRouteStatus(trx, ref, 'planned', { at: now, by })
    return 'unconfirmed'
  })
