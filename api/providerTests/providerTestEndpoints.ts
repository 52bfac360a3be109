import { z } from 'zod'
import { optedOut } from '../../db/consents'
import { getIntegration } from '../../db/integrations'
import { getProviderTest, type ProviderTest } from '../../db/providerTests'
import { normaliseAddress } from '../../domain/addresses/normaliseAddress'
import { ApiProblem } from '../../domain/errors'
import { providerTestMs } from '../../domain/providerTest'
import { channels } from '../../domain/words'
import { dispatchers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { consentAddressProblems } from '../consents/consentAddress'
import { defineEndpoint } from '../http/endpoint'
import { integrationPath } from '../integrations/integrationSchemas'
import { companyPath, instantOut, isoOrNone } from '../schemas/common'
import { askForTest } from './askForTest'
import { refuseUntestable } from './refuseUntestable'

const tag = 'Tests of providers'
const askedFor = {
  description: 'A worker makes the test; ask for it by its id.',
  schema: z.strictObject({ id: z.string() }).meta({ id: 'ProviderTestAskedFor' }),
}
/** A call takes no longer after its worker has got it. */
const overdueMs = providerTestMs + 60_000

const testSchema = z
  .strictObject({
    id: z.string(),
    target: z.enum([...channels, 'samsara', 'generic']),
    status: z.enum(['pending', 'succeeded', 'failed']),
    text: z.string().meta({ description: 'How it ended, and what to do, in plain words.' }),
    requestedAt: instantOut,
    endedAt: instantOut.optional(),
  })
  .meta({ id: 'ProviderTest' })

function shownTest(test: ProviderTest): z.input<typeof testSchema> {
  const { id, target, message, requestedAt, endedAt, ageMs } = test
  const isLost = test.status === 'pending' && ageMs > overdueMs
  const at = isoOrNone(endedAt)
  return {
    id,
    target,
    status: isLost ? 'failed' : test.status,
    text: isLost
      ? 'Nobody knows what came of it: no worker took it in time, or it ended on the way. See whether a worker runs.'
      : (message ?? 'It waits for a worker, or for the provider’s answer.'),
    requestedAt: isoOrNone(requestedAt) ?? '',
    ...(at !== undefined && { endedAt: at }),
  }
}

export const providerTestEndpoints = [
  defineEndpoint({
    method: 'post',
    path: '/v1/companies/{companyId}/test-message',
    tag,
    summary: 'Send a test message',
    description:
      'By the same way as notifications, whatever the settings say. Its text says that it is a test; it is no notification.',
    access: { roles: dispatchers },
    params: companyPath,
    body: z.strictObject({ channel: z.enum(channels), address: z.string().max(320) }).meta({ id: 'TestMessageBody' }),
    testsProvider: true,
    answers: { 202: askedFor },
    errors: ['recipient_opted_out'],
    async alsoCheck({ params, body }, { db }) {
      return consentAddressProblems(body, (await companyOr404(db, params.companyId)).country)
    },
    async handle({ params: { companyId }, body: { channel, address: given }, caller }, api) {
      const { country } = await companyOr404(api.db, companyId)
      const normal = normaliseAddress(channel, given, country)
      const address = 'address' in normal ? normal.address : given
      if ((await optedOut(api.db, companyId, [{ channel, address }])).size > 0)
        throw new ApiProblem('recipient_opted_out')
      const entry = { action: 'test_message.asked', subject: channel, changes: [{ path: 'address' }] } as const
      const id = await askForTest(api, { companyId, target: channel, address, by: caller, entry })
      return { status: 202, body: { id } }
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/v1/companies/{companyId}/integrations/{vendor}/test',
    tag,
    summary: 'Try out an integration',
    description:
      'Generic: a signed POST of `{type: "test"}` to `handOffUrl`. Samsara: its token reads, and changes nothing.',
    access: { roles: dispatchers },
    params: integrationPath,
    testsProvider: true,
    answers: { 202: askedFor },
    errors: ['not_testable'],
    async handle({ params: { companyId, vendor }, caller }, api) {
      await companyOr404(api.db, companyId)
      const target = refuseUntestable(companyId, vendor, await getIntegration(api.db, companyId, vendor))
      const entry = { action: 'integration.tested', subject: vendor } as const
      const id = await askForTest(api, { companyId, target, address: null, by: caller, entry })
      return { status: 202, body: { id } }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/provider-tests/{id}',
    tag,
    summary: 'How a test of a provider ended',
    description: 'Kept for a day.',
    access: { roles: dispatchers },
    params: companyPath.extend({ id: z.string().max(100) }),
    answers: { 200: { description: 'The test.', schema: testSchema } },
    async handle({ params: { companyId, id } }, { db }) {
      await companyOr404(db, companyId)
      const test = await getProviderTest(db, { companyId, id })
      if (test === null) throw new ApiProblem('not_found', `Company "${companyId}" has no test "${id}".`)
      return { status: 200, body: shownTest(test) }
    },
  }),
]
