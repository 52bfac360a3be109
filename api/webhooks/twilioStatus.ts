import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordConsent } from '../../db/consents'
import { recordReceipt, routeOfReceipt } from '../../db/receipts'
import { lockRoute } from '../../db/routes'
import { twilioFailure } from '../../integrations/twilio/twilioErrorCodes'
import { statusOfTwilio } from '../../integrations/twilio/twilioSender'
import { defineEndpoint } from '../http/endpoint'
import { storeMessage } from '../outbox/storeMessage'
import { emptyTwiml, signedFields } from './twilioSignature'

/** The recipient has opted out with Twilio: as binding as a STOP that reached us. */
const optedOutCode = '21610'

export const twilioStatus = defineEndpoint({
  method: 'post',
  path: '/v1/webhooks/twilio/status',
  tag: 'Webhooks',
  summary: 'Twilio tells what became of a text message',
  access: 'signature',
  bodyAs: 'form',
  query: z.object({ n: z.string().optional().meta({ description: 'The notification’s id.' }) }),
  documentedBody: z
    .object({ MessageSid: z.string(), MessageStatus: z.string(), ErrorCode: z.string().optional() })
    .meta({ id: 'TwilioStatus' }),
  answers: { 200: { description: 'An empty `<Response/>`.' } },
  async handle(call, api) {
    const { MessageSid, MessageStatus, ErrorCode, To } = signedFields(call, api)
    const status = statusOfTwilio(MessageStatus ?? '')
    if (MessageSid === undefined || status === null) return emptyTwiml
    const failed = status === 'failed' || status === 'undelivered'
    const receipt = {
      notificationId: call.query.n,
      providerId: MessageSid,
      status,
      code: ErrorCode,
      ...(failed && twilioFailure(ErrorCode, status)),
      at: call.now,
    }
    const nudges = await api.db.transaction(async (trx) => {
      // Its route is locked before the notification, as by everyone.
      const route = await routeOfReceipt(trx, receipt)
      if (route !== null) await lockRoute(trx, route)
      const outcome = await recordReceipt(trx, receipt)
      if (outcome === null || !outcome.changed || !failed) return []
      // Somebody may have to be told by email now, also when the route has ended.
      return [await storeMessage(trx, outcome, { eventId: randomUUID(), kind: 'undelivered', source: 'twilio' })]
    })
    if (ErrorCode === optedOutCode && To !== undefined)
      await recordConsent(api.db, {
        companyId: null,
        channel: 'sms',
        address: To,
        action: 'revoked',
        source: 'twilio_21610',
      })
    await api.forwarder.forward(nudges)
    return emptyTwiml
  },
})
