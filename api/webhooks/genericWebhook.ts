import { z } from 'zod'
import { parseGenericEvent } from '../../integrations/generic-webhook/parseEvent'
import { isStandardWebhook } from '../../integrations/generic-webhook/verifySignature'
import { deviceWebhook } from './deviceWebhook'

export const genericWebhook = deviceWebhook({
  vendor: 'generic',
  summary: 'An event of a GPS device, signed by Standard Webhooks',
  documentedBody: z
    .object({
      eventId: z.string(),
      deviceId: z.string(),
      kind: z.enum(['enter', 'exit', 'arrived', 'departed']),
      occurredAt: z.iso.datetime({ offset: true }),
      geofenceId: z.string().optional(),
      stopId: z.string().optional(),
      accuracyMeters: z.number().optional(),
    })
    .meta({ id: 'DeviceEvent' }),
  isAuthentic(secret, call) {
    const headers = {
      id: call.header('webhook-id'),
      timestamp: call.header('webhook-timestamp'),
      signature: call.header('webhook-signature'),
    }
    return isStandardWebhook(secret, headers, call.rawBody, call.now)
  },
  parse: (call) => parseGenericEvent(call.rawBody, call.header('webhook-id') ?? ''),
})
