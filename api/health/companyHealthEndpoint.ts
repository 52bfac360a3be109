import { z } from 'zod'
import { channels } from '../../domain/words'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { companyPath, instantOut } from '../schemas/common'
import { companyHealth } from './companyHealth'

const part = {
  ok: z.boolean(),
  text: z.string().meta({ description: 'How it is; if it is not well, what to do.' }),
  at: instantOut.optional().meta({ description: 'When it was last heard of, or since when it waits.' }),
}
const partSchema = z.strictObject(part).meta({ id: 'HealthPart' })

const healthSchema = z
  .strictObject({
    ok: z.boolean().meta({ description: 'Whether all of it is well.' }),
    parts: z.strictObject({
      workers: partSchema,
      queue: partSchema,
      outbox: partSchema,
      unsent: partSchema,
      task: partSchema,
    }),
    channels: z.array(z.strictObject({ channel: z.enum(channels), ...part })),
    devices: z
      .array(z.strictObject({ truckId: z.string(), ...part }))
      .meta({ description: 'Of the trucks with a device that are on a live route today.' }),
  })
  .meta({ id: 'CompanyHealth' })

export const companyHealthEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/health',
  tag: 'Health',
  summary: 'Whether all that a company’s messages depend on is well, and what to do if not',
  access: { roles: readers },
  params: companyPath,
  answers: { 200: { description: 'Each part, with a sentence.', schema: healthSchema } },
  async handle({ params: { companyId }, now }, api) {
    await companyOr404(api.db, companyId)
    return { status: 200, body: await companyHealth(api, companyId, now) }
  },
})
