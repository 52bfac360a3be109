import { z } from 'zod'
import { type DayMessages, type DayRoute, messagesOfDay, routesOfDay } from '../../db/dayViews'
import { currentSettings } from '../../db/settingsVersions'
import { dateOf } from '../../domain/schedule/zonedTime'
import type { Settings } from '../../domain/settings'
import type { Instant } from '../../domain/words'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { arrivalSourceOf } from '../routes/arrivalSourceOf'
import { calendarDate, companyPath, isoOrNone } from '../schemas/common'
import { daySchema } from './daySchema'

/** More routes than a company has trucks. */
const mostRoutes = 500

type Shown = z.input<typeof daySchema>['routes'][number]

export const dayEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/day',
  tag: 'Routes',
  summary: 'Read the routes of a day at a glance',
  description:
    'Where each stands, how many of the messages of each stop are where, and which is due next; no texts, no recipients. ' +
    `Of the first ${mostRoutes} routes of the day, by id.`,
  access: { roles: readers },
  params: companyPath,
  query: z.strictObject({
    serviceDate: calendarDate.optional().meta({ description: 'Today in the company’s zone, if left out.' }),
  }),
  answers: { 200: { description: 'The day.', schema: daySchema } },
  async handle({ params: { companyId }, query, now }, { db }) {
    await companyOr404(db, companyId)
    const { settings } = await currentSettings(db, companyId)
    const serviceDate = query.serviceDate ?? dateOf(now, settings.timeZone)
    const [routes, messages] = await Promise.all([
      routesOfDay(db, companyId, serviceDate, mostRoutes),
      messagesOfDay(db, companyId, serviceDate),
    ])
    const byRoute = new Map(routes.map(({ routeId }) => [routeId, [] as DayMessages[]]))
    for (const each of messages) byRoute.get(each.routeId)?.push(each)
    return {
      status: 200,
      body: {
        now: isoOrNone(now),
        serviceDate,
        routes: routes.map((route) => shownRoute(route, byRoute.get(route.routeId) ?? [], settings, now)),
      },
    }
  },
})

function shownRoute(route: DayRoute, messages: DayMessages[], settings: Settings, now: Instant): Shown {
  const { routeId, name, status, truck, driverName } = route
  const confirmedAt = isoOrNone(route.confirmedAt)
  const lastEventAt = isoOrNone(truck?.deviceLastEventAt)
  const device = truck?.device && { vendor: truck.device.vendor, ...(lastEventAt !== undefined && { lastEventAt }) }
  const next = nextOf(messages)
  return {
    routeId,
    name,
    status,
    ...(truck !== null && { truck: { truckId: truck.truckId, name: truck.name } }),
    ...(driverName !== null && { driver: { name: driverName } }),
    ...(confirmedAt !== undefined && { confirmedAt }),
    arrivalSource: arrivalSourceOf(route, settings.arrivals, now),
    ...(device && { device }),
    stops: route.stops.map(({ scheduledAt, arrivedAt, departedAt, ...stop }) => ({
      ...stop,
      scheduledAt: isoOrNone(scheduledAt) ?? '',
      ...(arrivedAt !== null && { arrivedAt: isoOrNone(arrivedAt) }),
      ...(departedAt !== null && { departedAt: isoOrNone(departedAt) }),
      messages: messages.filter(({ stopId }) => stopId === stop.stopId).map(shownMessages),
    })),
    messages: messages.filter(({ stopId }) => stopId === null).map(shownMessages),
    ...(next !== undefined && { next }),
  }
}

function shownMessages(messages: DayMessages): Shown['messages'][number] {
  const { event, status, reason, toldByPhone, count } = messages
  const plannedAt = isoOrNone(messages.plannedAt)
  return {
    ...{ event, status, count },
    ...(reason !== null && { reason }),
    ...(toldByPhone && { toldByPhone }),
    ...(plannedAt !== undefined && { plannedAt }),
  }
}

/** What waits for the earliest moment. */
function nextOf(messages: readonly DayMessages[]): Shown['next'] {
  const [first] = messages
    .filter(({ status }) => status === 'planned' || status === 'held')
    .flatMap(({ plannedAt, event, stopId }) => (plannedAt === null ? [] : [{ plannedAt, event, stopId }]))
    .sort((a, b) => a.plannedAt - b.plannedAt)
  return first && { at: new Date(first.plannedAt).toISOString(), event: first.event, stopId: first.stopId }
}
