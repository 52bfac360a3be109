import { z } from 'zod'
import { routeStatuses } from '../../domain/words'
import { dispatchers, everyRole, readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { calendarDate, companyPath } from '../schemas/common'
import { planProblems } from './planProblems'
import { readRoute, readRoutes } from './readRoute'
import { routeBody, routePath } from './routeBody'
import { routeSchema } from './routeView'
import { savePlan } from './savePlan'

const tag = 'Routes'

export const routeEndpoints = [
  defineEndpoint({
    method: 'put',
    path: '/v1/companies/{companyId}/routes/{routeId}',
    tag,
    summary: 'Create a route or replace its plan',
    description:
      'On a confirmed route this is a change of plan: customers hear of it as the rules of `updated` and `cancelled` say. ' +
      'A stop that is left out is cancelled.',
    access: { roles: dispatchers },
    params: routePath,
    body: routeBody,
    answers: {
      200: { description: 'The route with its new plan.', schema: routeSchema },
      201: { description: 'The route as created.', schema: routeSchema },
    },
    errors: ['route_closed', 'route_confirmed'],
    async alsoCheck({ params: { companyId }, body }, { db }) {
      await companyOr404(db, companyId)
      return planProblems(db, companyId, body)
    },
    async handle({ params, body, caller, now }, api) {
      const { created, message } = await savePlan(api.db, params, body, caller)
      if (message !== null) await api.forwarder.forward([message])
      return { status: created ? 201 : 200, body: await readRoute(api.db, params, caller, now) }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/routes/{routeId}',
    tag,
    summary: 'Read a route with its stops and notifications',
    access: { roles: everyRole },
    params: routePath,
    answers: { 200: { description: 'The route; recipients masked for viewers and drivers.', schema: routeSchema } },
    async handle({ params, caller, now }, { db }) {
      return { status: 200, body: await readRoute(db, params, caller, now) }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/routes',
    tag,
    summary: 'List routes by service date and id',
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject({
      ...pageQuery,
      serviceDate: calendarDate.optional(),
      status: z.enum(routeStatuses).optional(),
    }),
    answers: { 200: { description: 'A page of them.', schema: pageOf(routeSchema) } },
    async handle({ params: { companyId }, query: { cursor, ...filter }, caller, now }, { db }) {
      await companyOr404(db, companyId)
      return { status: 200, body: await readRoutes(db, companyId, { ...filter, after: cursor }, caller, now) }
    },
  }),
]
