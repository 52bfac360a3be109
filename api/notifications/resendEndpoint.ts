import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { getNotification } from '../../db/notifications'
import { insertResend, lockForResend, type Resend, routeOfNotification } from '../../db/resend'
import { lockRoute } from '../../db/routes'
import type { Actor } from '../../domain/audit'
import { ApiProblem } from '../../domain/errors'
import { dispatchers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { type StoredMessage, storeMessage } from '../outbox/storeMessage'
import { text } from '../schemas/common'
import { noSuchNotification, notificationPath } from './notificationPath'
import { notificationSchema, shownNotification } from './notificationSchema'

const resendBody = z
  .strictObject({ reason: text(500).meta({ description: 'Why; kept and shown in the explanation of the stop.' }) })
  .meta({ id: 'Resend' })

export const resendEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/companies/{companyId}/notifications/{id}/resend',
  tag: 'Notifications',
  summary: 'Send a notification again that did not arrive',
  description:
    'A new revision, planned at once. It goes through the checks of every message: what is too late, switched off or opted ' +
    'out is `suppressed`, and quiet hours hold a text. Only from `failed`, `undelivered` or `unknown`.',
  access: { roles: dispatchers },
  params: notificationPath,
  body: resendBody,
  answers: { 202: { description: 'The new revision.', schema: notificationSchema } },
  errors: ['not_resendable'],
  async handle({ params: { companyId, id }, body: { reason }, caller, now }, api) {
    await companyOr404(api.db, companyId)
    const asked = { at: now, by: caller.name, reason }
    const { made, message } = await resend(api.db, companyId, id, asked, caller)
    await api.forwarder.forward([message])
    const notification = await getNotification(api.db, companyId, made)
    if (notification === null) throw noSuchNotification(id)
    return { status: 202, body: shownNotification(notification, caller) }
  },
})

/** Adds the new revision and tells the route of it, in one transaction; throws why not. */
function resend(
  db: Knex,
  companyId: string,
  id: string,
  asked: Resend,
  by: Actor,
): Promise<{ made: string; message: StoredMessage }> {
  return db.transaction(async (trx) => {
    const ref = await routeOfNotification(trx, companyId, id)
    if (ref === null) throw noSuchNotification(id)
    await lockRoute(trx, ref)
    const notification = await lockForResend(trx, id)
    if (notification === null) throw noSuchNotification(id)
    const { status, successor, isErased } = notification
    if (isErased) throw new ApiProblem('not_resendable', 'Its address and text have been erased.')
    if (successor !== null)
      throw new ApiProblem('not_resendable', `It was planned again since then, as ${successor}. Look at that one.`)
    if (status !== 'failed' && status !== 'undelivered' && status !== 'unknown')
      throw new ApiProblem(
        'not_resendable',
        `It is ${status}; only one that is failed, undelivered or unknown can be sent again.`,
      )
    const made = await insertResend(trx, id, asked)
    const changes = [{ path: 'id', from: id, to: made }]
    await recordAudit(trx, { companyId, by, action: 'notification.resent', subject: id, changes })
    const message = await storeMessage(trx, ref, { eventId: randomUUID(), kind: 'resendAsked', source: 'dispatch' })
    return { made, message }
  })
}
