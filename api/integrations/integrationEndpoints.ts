import { recordAudit } from '../../db/audit'
import { liveRoutesOfVendor } from '../../db/handOffViews'
import { deleteIntegration, getIntegration, lockIntegration, putIntegration } from '../../db/integrations'
import { changesBetween } from '../../domain/audit'
import { ApiProblem } from '../../domain/errors'
import { sealSecret } from '../../integrations/secrets/integrationSecrets'
import { dispatchers, readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { nudgeRoutes } from '../outbox/nudgeRoutes'
import {
  auditedFields,
  integrationBody,
  integrationPath,
  integrationSchema,
  secretProblems,
  shownIntegration,
} from './integrationSchemas'

const path = '/v1/companies/{companyId}/integrations/{vendor}'
const tag = 'Integrations'

export const integrationEndpoints = [
  defineEndpoint({
    method: 'put',
    path,
    tag,
    summary: 'Set up a company’s account with a GPS vendor',
    description: 'A secret that is left out stays as it is, since nobody can read it to send it back; null removes it.',
    access: { roles: dispatchers },
    params: integrationPath,
    body: integrationBody,
    answers: {
      200: { description: 'The integration as replaced.', schema: integrationSchema },
      201: { description: 'The integration as created.', schema: integrationSchema },
    },
    async alsoCheck({ params, body }) {
      return secretProblems(params.vendor, body)
    },
    async handle({ params: { companyId, vendor }, body, caller }, { db, config, forwarder }) {
      await companyOr404(db, companyId)
      const sealed = (field: 'webhookSecret' | 'apiToken') => {
        const secret = body[field]
        return typeof secret === 'string'
          ? sealSecret(secret, config.encryptionKeys, { companyId, vendor, field })
          : secret
      }
      const { integration, created, nudges } = await db.transaction(async (trx) => {
        const before = await lockIntegration(trx, companyId, vendor)
        const stored = await putIntegration(trx, companyId, {
          vendor,
          webhookSecret: sealed('webhookSecret'),
          apiToken: sealed('apiToken'),
          apiUrl: body.apiUrl ?? null,
          handOffUrl: body.handOffUrl ?? null,
        })
        const changes = changesBetween(before && auditedFields(before), auditedFields(stored.integration))
        const action = stored.created ? 'integration.created' : 'integration.changed'
        if (changes.length > 0) await recordAudit(trx, { companyId, by: caller, action, subject: vendor, changes })
        // Those that could not be handed off may be by now.
        return { ...stored, nudges: await nudgeRoutes(trx, await liveRoutesOfVendor(trx, companyId, vendor)) }
      })
      await forwarder.forward(nudges)
      return { status: created ? 201 : 200, body: shownIntegration(integration) }
    },
  }),
  defineEndpoint({
    method: 'get',
    path,
    tag,
    summary: 'Read an integration, without its secrets',
    access: { roles: readers },
    params: integrationPath,
    answers: { 200: { description: 'The integration.', schema: integrationSchema } },
    async handle({ params: { companyId, vendor } }, { db }) {
      const integration = await getIntegration(db, companyId, vendor)
      if (integration === null) throw missing(companyId, vendor)
      return { status: 200, body: shownIntegration(integration) }
    },
  }),
  defineEndpoint({
    method: 'delete',
    path,
    tag,
    summary: 'Forget an integration and its secrets',
    access: { roles: dispatchers },
    params: integrationPath,
    answers: { 204: { description: 'It is gone; the vendor’s webhooks are refused from now on.' } },
    async handle({ params: { companyId, vendor }, caller }, { db }) {
      await db.transaction(async (trx) => {
        if (!(await deleteIntegration(trx, companyId, vendor))) throw missing(companyId, vendor)
        await recordAudit(trx, { companyId, by: caller, action: 'integration.deleted', subject: vendor })
      })
      return { status: 204 }
    },
  }),
]

function missing(companyId: string, vendor: string): ApiProblem {
  return new ApiProblem('not_found', `Company "${companyId}" has no integration with "${vendor}".`)
}
