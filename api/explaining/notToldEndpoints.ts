import { z } from 'zod'
import { readFactsOfDay, readRouteFacts } from '../../db/routeFacts'
import type { Database } from '../../db/sql'
import { toldByPhoneOfRoutes } from '../../db/toldByPhone'
import type { RouteFacts } from '../../domain/facts'
import { notToldOf } from '../../domain/notTold'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { noSuchRoute } from '../routes/readRoute'
import { routePath } from '../routes/routeBody'
import { calendarDate, companyPath, instantOut, isoOrNone } from '../schemas/common'
import { notToldFields } from './notToldSchema'

/** More routes than a company has trucks. */
const mostRoutes = 500

const notToldList = z
  .strictObject({
    items: z.array(
      z.strictObject({
        routeId: z.string(),
        ...notToldFields,
        notificationIds: z
          .array(z.uuid())
          .meta({ description: 'What did not reach them, to be looked at or sent again.' }),
        toldByPhone: z
          .strictObject({ by: z.string(), at: instantOut })
          .optional()
          .meta({ description: 'Who told them by phone, and when: nothing more is to be done about it.' }),
      }),
    ),
  })
  .meta({ id: 'NotToldList' })

const description =
  'From what really happened (suppressed, failed, undelivered, unknown), and for contracts without a delivery notification ' +
  'also before it happens. Not for an event that is switched off, nor of what the plan no longer calls for. ' +
  'Whom a person told by phone is listed with that.'

export const notToldEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/not-told',
    tag: 'Notifications',
    summary: 'List the customers of a day who could not be told, and why',
    description: `${description} Of the first ${mostRoutes} routes of the day, by id.`,
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject({ serviceDate: calendarDate }),
    answers: { 200: { description: 'By route, stop, contract and event.', schema: notToldList } },
    async handle({ params: { companyId }, query: { serviceDate }, now }, { db }) {
      await companyOr404(db, companyId)
      const routes = await readFactsOfDay(db, companyId, serviceDate, mostRoutes, now)
      return { status: 200, body: { items: await notToldItems(db, companyId, routes) } }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/routes/{routeId}/not-told',
    tag: 'Routes',
    summary: 'List the customers of a route who could not be told, and why',
    description,
    access: { roles: readers },
    params: routePath,
    answers: { 200: { description: 'By stop, contract and event.', schema: notToldList } },
    async handle({ params, now }, { db }) {
      const facts = await readRouteFacts(db, params, now)
      if (facts === null) throw noSuchRoute(params)
      return { status: 200, body: { items: await notToldItems(db, params.companyId, [facts]) } }
    },
  }),
]

async function notToldItems(
  db: Database,
  companyId: string,
  routes: RouteFacts[],
): Promise<z.input<typeof notToldList>['items']> {
  const ids = routes.map(({ route }) => route.routeId)
  const told = new Map((await toldByPhoneOfRoutes(db, companyId, ids)).map((each) => [keyOf(each), each]))
  return routes.flatMap((facts) =>
    notToldOf(facts).map((entry) => {
      const { routeId } = facts.route
      const byPhone = told.get(keyOf({ routeId, ...entry }))
      const toldByPhone = byPhone && { by: byPhone.by, at: isoOrNone(byPhone.at) ?? '' }
      return { routeId, ...entry, ...(toldByPhone && { toldByPhone }) }
    }),
  )
}

/** Of the customer of a contract at a stop, and of what they were to be told. */
function keyOf(of: { routeId: string; stopId: string; contractNumber: string; event: string }): string {
  return [of.routeId, of.stopId, of.contractNumber, of.event].join(' ')
}
