import { z } from 'zod'
import { listIntegrations } from '../../db/integrations'
import { channels, deviceVendors } from '../../domain/words'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { configuredChannels } from '../explaining/configuredChannels'
import { defineEndpoint } from '../http/endpoint'
import { companyPath } from '../schemas/common'
import { integrationSchema, shownIntegration } from './integrationSchemas'

const integrationsSchema = z
  .strictObject({
    vendors: z.array(
      z.strictObject({
        vendor: z.enum(deviceVendors),
        webhookUrl: z.string().meta({ description: 'Where the vendor posts what its devices report.' }),
        integration: integrationSchema.optional().meta({ description: 'Left out while there is none.' }),
      }),
    ),
    channels: z.array(
      z.strictObject({
        channel: z.enum(channels),
        configured: z.boolean().meta({ description: 'By the environment, for every company.' }),
        webhookUrl: z.string().optional().meta({ description: 'Of texts: where Twilio posts what recipients answer.' }),
      }),
    ),
  })
  .meta({ id: 'Integrations' })

export const integrationsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/integrations',
  tag: 'Integrations',
  summary: 'All that a company may be connected to: which of it is set up, and where each posts to',
  access: { roles: readers },
  params: companyPath,
  answers: { 200: { description: 'Every vendor and every channel.', schema: integrationsSchema } },
  async handle({ params: { companyId } }, { db, config }) {
    await companyOr404(db, companyId)
    const stored = await listIntegrations(db, companyId)
    const at = (path: string) => `${config.publicUrl}/v1/webhooks/${path}`
    return {
      status: 200,
      body: {
        vendors: deviceVendors.map((vendor) => {
          const found = stored.find((each) => each.vendor === vendor)
          return {
            vendor,
            webhookUrl: at(`${vendor}/${companyId}`),
            ...(found !== undefined && { integration: shownIntegration(found) }),
          }
        }),
        channels: channels.map((channel) => ({
          channel,
          configured: configuredChannels(config)[channel],
          ...(channel === 'sms' && { webhookUrl: at('twilio/inbound') }),
        })),
      },
    }
  },
})
