import { z } from 'zod'
import { parseTraccarEvent } from '../../integrations/traccar/parseEvent'
import { carriesSecret } from '../../integrations/traccar/verifySecret'
import { deviceWebhook } from './deviceWebhook'

export const traccarWebhook = deviceWebhook({
  vendor: 'traccar',
  summary: 'An event that Traccar forwards, with the secret in `Authorization: Bearer`',
  documentedBody: z
    .object({
      event: z.looseObject({ id: z.number(), type: z.string(), eventTime: z.string() }),
      device: z.looseObject({ uniqueId: z.string() }),
      geofence: z.looseObject({ id: z.number(), name: z.string() }).optional(),
      position: z.looseObject({ accuracy: z.number() }).optional(),
    })
    .meta({ id: 'TraccarEvent' }),
  isAuthentic: (secret, call) => carriesSecret(secret, call.header('authorization')),
  parse: (call) => parseTraccarEvent(call.rawBody),
})
