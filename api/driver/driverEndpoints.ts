import { z } from 'zod'
import { notificationsOfRoute } from '../../db/notifications'
import { currentSettings } from '../../db/settingsVersions'
import { ApiProblem } from '../../domain/errors'
import type { RouteRef } from '../../domain/routeWorkflow'
import type { Caller } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { routeOr404 } from '../routes/readRoute'
import { callersId } from '../schemas/common'
import type { ReportKind } from '../stops/reportByDriver'
import { acceptReport, reportBody, reportErrors, reportSchema } from '../stops/reportEndpoints'
import { driverRouteSchema, shownToDriver } from './driverRoute'

const tag = 'Driver'
const withLink = 'With the token of a driver’s link, the last part of its address, as `Authorization: Bearer <token>`.'

/** The route of the link that calls. */
function routeOf({ link }: Caller): RouteRef {
  if (link === undefined) throw new ApiProblem('not_found', 'This call is for a driver’s link.')
  return link
}

function driverReport(kind: ReportKind, summary: string) {
  return defineEndpoint({
    method: 'post',
    path: `/v1/driver/stops/{stopId}/${kind}`,
    tag,
    summary,
    description: `${withLink} With an \`eventId\` of its own a report may be sent again until it gets through: it counts once.`,
    access: { roles: ['driver'], byLink: true },
    params: z.object({ stopId: callersId }),
    body: reportBody,
    answers: { 202: { description: 'Accepted; the same event twice changes nothing.', schema: reportSchema } },
    errors: reportErrors(kind),
    handle: ({ params: { stopId }, body, caller, now }, api) =>
      acceptReport({ ref: routeOf(caller), stopId, kind, by: caller }, body, now, api),
  })
}

export const driverEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/v1/driver/route',
    tag,
    summary: 'The route of a driver’s link',
    description: withLink,
    access: { roles: ['driver'], byLink: true },
    answers: { 200: { description: 'Where to go, and whether the buttons count.', schema: driverRouteSchema } },
    errors: ['not_found'],
    async handle({ caller, now }, { db }) {
      const ref = routeOf(caller)
      const [route, notifications, { settings }] = await Promise.all([
        routeOr404(db, ref),
        notificationsOfRoute(db, ref),
        currentSettings(db, ref.companyId),
      ])
      return { status: 200, body: shownToDriver(route, notifications, settings, now) }
    },
  }),
  driverReport('arrived', 'The driver’s page reports that the truck has arrived at a stop'),
  driverReport('departed', 'The driver’s page reports that the truck has left a stop'),
  driverReport('skipped', 'The driver’s page reports that a stop is skipped; nobody is told'),
]
