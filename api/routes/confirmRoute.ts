import { setRouteStatus } from '../../db/routes'
import { currentSettings } from '../../db/settingsVersions'
import { stopsOfRoutes } from '../../db/stops'
import { ApiProblem } from '../../domain/errors'
import { dateOf } from '../../domain/schedule/zonedTime'
import { routeClosed } from './savePlan'
import { type ChangeStatus, changeStatus } from './statusChange'

/** Confirms a route: it has stops, is not over, and its day has not passed. A confirmed one stays as it is. */
export const confirmRoute: ChangeStatus = (db, ref, now) =>
  changeStatus(db, ref, async (trx, route) => {
    if (route.status === 'completed' || route.status === 'cancelled') throw routeClosed(route)
    if (route.status !== 'planned') return null

    const { settings } = await currentSettings(trx, ref.companyId)
    const today = dateOf(now, settings.timeZone)
    if (route.serviceDate < today)
      throw new ApiProblem(
        'service_date_passed',
        `The service date ${route.serviceDate} has passed: today is ${today} in ${settings.timeZone}. Move the route to today or later first.`,
      )
    const stops = (await stopsOfRoutes(trx, ref.companyId, [ref.routeId])).get(ref.routeId) ?? []
    if (stops.every(({ status }) => status === 'cancelled'))
      throw new ApiProblem('invalid_request', 'A route without stops cannot be confirmed: there is nobody to tell.', [
        { path: 'stops', message: 'is empty; put the route with at least one stop, then confirm it' },
      ])
    await setRouteStatus(trx, ref, 'confirmed', { confirmedAt: now, confirmation: route.confirmation + 1 })
    return 'confirmed'
  })
