import { z } from 'zod'
import { parseSamsaraEvent } from '../../integrations/samsara/parseEvent'
import { isSignedBySamsara } from '../../integrations/samsara/verifySignature'
import { deviceWebhook } from './deviceWebhook'

export const samsaraWebhook = deviceWebhook({
  vendor: 'samsara',
  summary: 'An event of Samsara’s webhooks 2.0, signed by `X-Samsara-Signature`',
  documentedBody: z
    .object({ eventId: z.string(), eventTime: z.string(), eventType: z.string(), data: z.looseObject({}) })
    .meta({ id: 'SamsaraEvent' }),
  isAuthentic(secret, call) {
    const headers = { timestamp: call.header('x-samsara-timestamp'), signature: call.header('x-samsara-signature') }
    return isSignedBySamsara(secret, headers, call.rawBody, call.now)
  },
  parse: (call) => parseSamsaraEvent(call.rawBody),
})
