import { z } from 'zod'
import { getNotification, listNotifications } from '../../db/notifications'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { companyPath } from '../schemas/common'
import { noSuchNotification, notificationPath } from './notificationPath'
import { notificationQuery, searchedRecipient } from './notificationQuery'
import { notificationSchema, shownNotification } from './notificationSchema'
import { notificationsCsv } from './notificationsCsv'

export const notificationEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/notifications',
    tag: 'Notifications',
    summary: 'List notifications, the latest first',
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject({ ...pageQuery, ...notificationQuery }),
    answers: { 200: { description: 'A page of them.', schema: pageOf(notificationSchema) } },
    async handle({ params: { companyId }, query: { cursor, recipient, ...filter }, caller }, { db }) {
      const { country } = await companyOr404(db, companyId)
      const page = await listNotifications(db, companyId, {
        ...filter,
        recipient: recipient === undefined ? undefined : searchedRecipient(recipient, country, caller),
        after: cursor,
      })
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
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/notifications.csv',
    tag: 'Notifications',
    summary: 'All notifications that a filter finds, the latest first, as CSV',
    description:
      'A cell that begins like a formula has an apostrophe before it. An answer that is cut off is not whole.',
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject(notificationQuery),
    answers: {
      200: { description: 'One line each, under a line of names.', schema: z.string(), contentType: 'text/csv' },
    },
    async handle({ params: { companyId }, query: { recipient, ...filter }, caller }, { db }) {
      const { country } = await companyOr404(db, companyId)
      const found = recipient === undefined ? undefined : searchedRecipient(recipient, country, caller)
      return {
        status: 200,
        headers: { 'Content-Disposition': 'attachment; filename="notifications.csv"' },
        stream: {
          contentType: 'text/csv',
          content: () => notificationsCsv(db, companyId, { ...filter, recipient: found }, caller),
        },
      }
    },
  }),
]
