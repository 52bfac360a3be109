import { z } from 'zod'
import { getIntegration } from '../../db/integrations'
import { ApiProblem } from '../../domain/errors'
import { parseEvent } from '../../integrations/generic-webhook/parseEvent'
import { isSignedBy } from '../../integrations/generic-webhook/verifySignature'
import type { ApiParts } from '../apiParts'
import { type Call, defineEndpoint } from '../http/endpoint'
import { openSecret } from '../integrations/integrationSecrets'
import { recordDeviceEvent } from './recordDeviceEvent'

const documentedBody = z
  .object({
    eventId: z.string(),
    deviceId: z.string(),
    kind: z.enum(['enter', 'exit', 'arrived', 'departed']),
    occurredAt: z.iso.datetime({ offset: true }),
    geofenceId: z.string().optional(),
    stopId: z.string().optional(),
    accuracyMeters: z.number().optional(),
  })
  .meta({ id: 'DeviceEvent' })

export const genericWebhook = defineEndpoint({
  method: 'post',
  path: '/v1/webhooks/generic/{companyId}',
  tag: 'Webhooks',
  summary: 'An event of a GPS device, signed by Standard Webhooks',
  description: 'Authentic events are accepted, understood or not, so that no vendor has to send one again.',
  access: 'signature',
  bodyAs: 'raw',
  params: z.object({ companyId: z.string() }),
  documentedBody,
  answers: {
    202: {
      description: 'Recorded, or ignored.',
      schema: z.strictObject({ outcome: z.string() }).meta({ id: 'DeviceEventOutcome' }),
    },
  },
  async handle(call, api) {
    const { companyId } = call.params
    await refuseUnlessSigned(companyId, call, api)
    const event = parseEvent(call.rawBody, call.header('webhook-id') ?? '')
    if (event === null) {
      api.log.warn({ companyId, vendor: 'generic' }, 'An authentic webhook body was not understood and is ignored')
      return { status: 202, body: { outcome: 'not_understood' } }
    }
    const { outcome, message } = await recordDeviceEvent(api.db, companyId, event, call.now)
    if (message !== null) await api.forwarder.forward([message])
    return { status: 202, body: { outcome } }
  },
})

async function refuseUnlessSigned(companyId: string, call: Call, { db, config }: ApiParts): Promise<void> {
  const sealed = (await getIntegration(db, companyId, 'generic'))?.webhookSecret ?? null
  const place = { companyId, vendor: 'generic', field: 'webhookSecret' } as const
  const headers = {
    id: call.header('webhook-id'),
    timestamp: call.header('webhook-timestamp'),
    signature: call.header('webhook-signature'),
  }
  const signed =
    sealed !== null && isSignedBy(openSecret(sealed, config.encryptionKey, place), headers, call.rawBody, call.now)
  if (!signed) throw new ApiProblem('invalid_signature')
}
