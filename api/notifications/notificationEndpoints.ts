import { z } from 'zod'
import { getNotification, listNotifications } from '../../db/notifications'
import { channels, events, notificationStatuses } from '../../domain/words'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { callersId, companyPath, instant } from '../schemas/common'
import { noSuchNotification, notificationPath } from './notificationPath'
import { notificationSchema, shownNotification } from './notificationSchema'

export const notificationEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/notifications',
    tag: 'Notifications',
    summary: 'List notifications, the latest first',
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject({
      ...pageQuery,
      routeId: callersId.optional(),
      status: z.enum(notificationStatuses).optional(),
      event: z.enum(events).optional(),
      channel: z.enum(channels).optional(),
      from: instant.optional().meta({ type: 'string', format: 'date-time', description: 'Planned at or after this.' }),
      to: instant.optional().meta({ type: 'string', format: 'date-time', description: 'Planned before this.' }),
    }),
    answers: { 200: { description: 'A page of them.', schema: pageOf(notificationSchema) } },
    async handle({ params: { companyId }, query: { cursor, ...filter }, caller }, { db }) {
      await companyOr404(db, companyId)
      const page = await listNotifications(db, companyId, { ...filter, after: cursor })
      return {
        status: 200,
        body: { items: page.items.map((item) => shownNotification(item, caller)), nextCursor: page.next },
      }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/notifications/{id}',
    tag: 'Notifications',
    summary: 'Read a notification',
    access: { roles: readers },
    params: notificationPath,
    answers: { 200: { description: 'The notification; masked for viewers.', schema: notificationSchema } },
    async handle({ params: { companyId, id }, caller }, { db }) {
      await companyOr404(db, companyId)
      const notification = await getNotification(db, companyId, id)
      if (notification === null) throw noSuchNotification(id)
      return { status: 200, body: shownNotification(notification, caller) }
    },
  }),
]
