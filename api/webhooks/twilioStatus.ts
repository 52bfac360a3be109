import { z } from 'zod'
import { recordConsent } from '../../db/consents'
import { recordReceipt, routeOfReceipt } from '../../db/receipts'
import { reasonOfTwilioCode } from '../../integrations/twilio/twilioErrors'
import { statusOfTwilio } from '../../integrations/twilio/twilioSender'
import { defineEndpoint } from '../http/endpoint'
import { nudgeRoutes } from '../outbox/nudgeRoutes'
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
    // On its way, which the answer to our own call has told already; or nothing that we know.
    if (MessageSid === undefined || status === 'accepted') return emptyTwiml
    const receipt = {
      notificationId: call.query.n,
      providerId: MessageSid,
      status,
      code: ErrorCode,
      ...((status === 'failed' || status === 'undelivered') && { reason: reasonOfTwilioCode(ErrorCode) }),
      at: call.now,
    }
    const nudges = await api.db.transaction(async (trx) => {
      // Its route is locked before the notification, as by everyone: `nudgeRoutes` does so.
      const route = await routeOfReceipt(trx, receipt)
      const failed = status === 'failed' || status === 'undelivered'
      // Somebody may have to be told by email now.
      const nudges = failed && route !== null ? await nudgeRoutes(trx, [route], 'twilio') : []
      await recordReceipt(trx, receipt)
      return nudges
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
