import { notificationsOfRoute, notificationsOfRoutes } from '../../db/notifications'
import { getRoute, listRoutes, type RouteFilter, type RouteView } from '../../db/routeViews'
import { currentSettings } from '../../db/settingsVersions'
import type { Database } from '../../db/sql'
import { ApiProblem } from '../../domain/errors'
import type { RouteRef } from '../../domain/routeWorkflow'
import type { Instant } from '../../domain/words'
import type { Caller } from '../auth/caller'
import { arrivalSourceOf } from './arrivalSourceOf'
import { shownRoute } from './routeView'

/** Said of a route that does not exist. */
export function noSuchRoute({ companyId, routeId }: RouteRef): ApiProblem {
  return new ApiProblem('not_found', `There is no route "${routeId}" in company "${companyId}".`)
}

/** The route or a `not_found`. */
export async function routeOr404(db: Database, ref: RouteRef): Promise<RouteView> {
  const route = await getRoute(db, ref)
  if (route === null) throw noSuchRoute(ref)
  return route
}

/** The whole route as the caller may see it. */
export async function readRoute(db: Database, ref: RouteRef, caller: Caller, now: Instant) {
  return withNotifications(db, await routeOr404(db, ref), caller, now)
}

/**
 * A route that has been read, with its notifications, as the caller may see it. One that was never confirmed, or is being
 * confirmed for the first time (`firstConfirmed`), has none.
 */
export async function withNotifications(
  db: Database,
  route: RouteView,
  caller: Caller,
  now: Instant,
  { firstConfirmed = false } = {},
) {
  const [notifications, arrivalSource] = await Promise.all([
    route.confirmation === 0 || firstConfirmed ? [] : notificationsOfRoute(db, route),
    route.truck?.device
      ? currentSettings(db, route.companyId).then(({ settings }) => arrivalSourceOf(route, settings.arrivals, now))
      : ('driver' as const),
  ])
  return shownRoute(route, notifications, arrivalSource, caller)
}

/** A page of whole routes as the caller may see them. */
export async function readRoutes(db: Database, companyId: string, filter: RouteFilter, caller: Caller, now: Instant) {
  const page = await listRoutes(db, companyId, filter)
  const ids = page.items.map(({ routeId }) => routeId)
  const [notifications, { settings }] = await Promise.all([
    notificationsOfRoutes(db, companyId, ids),
    currentSettings(db, companyId),
  ])
  const of = (route: RouteView) => notifications.filter(({ routeId }) => routeId === route.routeId)
  return {
    items: page.items.map((route) =>
      shownRoute(route, of(route), arrivalSourceOf(route, settings.arrivals, now), caller),
    ),
    nextCursor: page.next,
  }
}
