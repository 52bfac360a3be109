import { z } from 'zod'
import { getIntegration } from '../../db/integrations'
import { ApiProblem } from '../../domain/errors'
import type { DeviceVendor } from '../../domain/words'
import type { ParsedBody } from '../../integrations/deviceEvent'
import { openSecret } from '../../integrations/secrets/integrationSecrets'
import type { ApiParts } from '../apiParts'
import { type Call, defineEndpoint, type Endpoint } from '../http/endpoint'
import { recordDeviceEvent } from './recordDeviceEvent'

/** What one vendor's webhook has of its own. */
export interface VendorWebhook {
  vendor: DeviceVendor
  summary: string
  documentedBody: z.ZodType
  /** Whether the vendor that shares `secret` with the company has sent this. */
  isAuthentic(secret: string, call: Call): boolean
  parse(call: Call): ParsedBody
}

const outcome = z.strictObject({ outcome: z.string() }).meta({ id: 'DeviceEventOutcome' })

/** The endpoint to which a vendor's events of a company come: whoever the vendor is, all but its dialect is the same. */
export function deviceWebhook({ vendor, summary, documentedBody, isAuthentic, parse }: VendorWebhook): Endpoint {
  return defineEndpoint({
    method: 'post',
    path: `/v1/webhooks/${vendor}/{companyId}`,
    tag: 'Webhooks',
    summary,
    description: 'Authentic events are accepted, understood or not, so that no vendor has to send one again.',
    access: 'signature',
    bodyAs: 'raw',
    params: z.object({ companyId: z.string() }),
    documentedBody,
    answers: { 202: { description: 'Recorded, or ignored.', schema: outcome } },
    async handle(call, api) {
      const { companyId } = call.params
      const secret = await secretOf(companyId, vendor, api)
      if (secret === null || !isAuthentic(secret, call)) throw new ApiProblem('invalid_signature')
      const parsed = parse(call)
      if (!('event' in parsed)) {
        noteWithoutEvent(api, companyId, vendor, parsed)
        return { status: 202, body: { outcome: parsed.outcome } }
      }
      const { outcome, message } = await recordDeviceEvent(api.db, companyId, parsed.event, call.now)
      if (message !== null) await api.forwarder.forward([message])
      return { status: 202, body: { outcome } }
    },
  })
}

async function secretOf(companyId: string, vendor: DeviceVendor, { db, config }: ApiParts): Promise<string | null> {
  const sealed = (await getIntegration(db, companyId, vendor))?.webhookSecret ?? null
  return sealed && openSecret(sealed, config.encryptionKeys, { companyId, vendor, field: 'webhookSecret' })
}

/** A body that is never understood is a vendor set up wrongly; one that is ignored is daily business. */
function noteWithoutEvent(
  { log }: ApiParts,
  companyId: string,
  vendor: DeviceVendor,
  { outcome, why }: Exclude<ParsedBody, { event: unknown }>,
): void {
  if (outcome === 'ignored') log.info({ companyId, vendor, why }, 'An authentic webhook body is about nothing of ours')
  else log.warn({ companyId, vendor, why }, 'An authentic webhook body was not understood and is ignored')
}
