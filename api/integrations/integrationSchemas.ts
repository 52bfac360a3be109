import { z } from 'zod'
import type { Integration } from '../../db/integrations'
import { type AuditedFields, Hidden } from '../../domain/audit'
import type { Problem } from '../../domain/errors'
import { vendorAddressProblem } from '../../domain/vendorAddress'
import { type DeviceVendor, deviceVendors } from '../../domain/words'
import { companyPath, instantOut, isoOrNone } from '../schemas/common'

export const integrationPath = companyPath.extend({ vendor: z.enum(deviceVendors) })

const secret = z.string().min(1, 'must not be empty').max(500).nullable().optional()
const address = z
  .string()
  .max(1000)
  .superRefine((value, context) => {
    const message = vendorAddressProblem(value)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
  .meta({ format: 'uri' })
  .nullable()
  .optional()

export const integrationBody = z
  .strictObject({
    webhookSecret: secret.meta({
      description:
        'What the vendor signs with: base64 of samsara and generic (there also with `whsec_`), any text of traccar.',
    }),
    apiToken: secret.meta({ description: 'With which the vendor’s API is called, of samsara: to hand routes off.' }),
    apiUrl: address.meta({ description: 'Only to call something other than the vendor’s own address.' }),
    handOffUrl: address.meta({
      description: 'Where routes are handed off to, of generic: signed with `webhookSecret`.',
    }),
  })
  .meta({ id: 'IntegrationBody' })

export const integrationSchema = z
  .strictObject({
    vendor: z.enum(deviceVendors),
    webhookSecretSet: z.boolean(),
    apiTokenSet: z.boolean(),
    apiUrl: z.string().optional(),
    handOffUrl: z.string().optional(),
    updatedAt: instantOut,
  })
  .meta({ id: 'Integration' })

const base64Secret = z.base64()

/** Whether the webhook secret is one that the vendor could sign with; the value is never repeated. */
export function secretProblems(vendor: DeviceVendor, body: unknown): Problem[] {
  const given = z.object({ webhookSecret: z.string().min(1) }).safeParse(body)
  if (!given.success || vendor === 'traccar') return []
  const { webhookSecret } = given.data
  const encoded = vendor === 'generic' ? webhookSecret.replace(/^whsec_/, '') : webhookSecret
  if (encoded !== '' && base64Secret.safeParse(encoded).success) return []
  const prefix = vendor === 'generic' ? ', with or without "whsec_" before it' : ''
  return [
    { path: 'webhookSecret', message: `must be base64 for ${vendor}${prefix}; copy it whole from where it was made` },
  ]
}

/** An integration as it is shown: of its secrets only whether they are set. */
export function shownIntegration(integration: Integration): z.input<typeof integrationSchema> {
  const { vendor, webhookSecret, apiToken, apiUrl, handOffUrl, updatedAt } = integration
  return {
    vendor,
    webhookSecretSet: webhookSecret !== null,
    apiTokenSet: apiToken !== null,
    ...(apiUrl !== null && { apiUrl }),
    ...(handOffUrl !== null && { handOffUrl }),
    updatedAt: isoOrNone(updatedAt) ?? '',
  }
}

/** Secrets are compared as they are sealed, and never kept; of addresses only whose they are, since a path may hold a token. */
export function auditedFields({ webhookSecret, apiToken, apiUrl, handOffUrl }: Integration): AuditedFields {
  const secret = (sealed: Buffer | null) => sealed && new Hidden(sealed.toString('base64'))
  return {
    webhookSecret: secret(webhookSecret),
    apiToken: secret(apiToken),
    apiUrl: apiUrl && new URL(apiUrl).origin,
    'apiUrl.path': apiUrl && new Hidden(apiUrl),
    handOffUrl: handOffUrl && new URL(handOffUrl).origin,
    'handOffUrl.path': handOffUrl && new Hidden(handOffUrl),
  }
}
