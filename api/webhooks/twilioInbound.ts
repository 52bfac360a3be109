import { z } from 'zod'
import { recordConsent } from '../../db/consents'
import { normalisePhone } from '../../domain/addresses/phoneNumber'
import { defineEndpoint } from '../http/endpoint'
import { consentOfText } from './optOutWords'
import { emptyTwiml, signedFields } from './twilioSignature'

export const twilioInbound = defineEndpoint({
  method: 'post',
  path: '/v1/webhooks/twilio/inbound',
  tag: 'Webhooks',
  summary: 'A customer texts STOP or START',
  description: 'It binds the number for every company, since all of them text from the same sender.',
  access: 'signature',
  bodyAs: 'form',
  query: z.object({}),
  documentedBody: z
    .object({ From: z.string(), Body: z.string(), OptOutType: z.string().optional() })
    .meta({ id: 'TwilioInbound' }),
  answers: { 200: { description: 'An empty `<Response/>`: Twilio answers a STOP itself.' } },
  async handle(call, api) {
    const { From, Body, OptOutType } = signedFields(call, api)
    const action = consentOfText(Body ?? '', OptOutType)
    const phone = normalisePhone(From ?? '', 'US')
    if (action !== null && 'e164' in phone) {
      const source = action === 'revoked' ? 'stop' : 'start'
      await recordConsent(api.db, { companyId: null, channel: 'sms', address: phone.e164, action, source })
    }
    return emptyTwiml
  },
})
