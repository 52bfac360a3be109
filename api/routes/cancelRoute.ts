import { setRouteStatus } from '../../db/routes'
import { routeClosed } from './savePlan'
import { type ChangeStatus, changeStatus } from './statusChange'

/** Cancels a route that is not completed. A cancelled one stays as it is. */
export const cancelRoute: ChangeStatus = (db, ref, now, by) =>
  changeStatus(db, ref, async (trx, route) => {
    if (route.status === 'completed') throw routeClosed(route)
    if (route.status === 'cancelled') return null
    await setRouteStatus(trx, ref, 'cancelled', { at: now, by })
    // Also of a route that was never confirmed: no workflow needs it, and the forwarder drops it.
    return 'cancelled'
  })
