import { z } from 'zod'
import { type ApiKey, getApiKey, listApiKeys, revokeApiKey, roles } from '../../db/apiKeys'
import { recordAudit } from '../../db/audit'
import { ApiProblem } from '../../domain/errors'
import { dispatchers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { callersId, instantOut, isoOrNone, text } from '../schemas/common'
import { makeKey, mayManage } from './makeKey'

const tag = 'API keys'

const keyBody = z
  .strictObject({
    name: text(200).meta({ description: 'Who is shown to have changed something with it.' }),
    role: z.enum(roles),
    companyId: callersId.optional().meta({ description: 'An admin key without it is for every company.' }),
  })
  .meta({ id: 'ApiKeyBody' })

const newKeySchema = z
  .strictObject({ id: z.string(), key: z.string().meta({ description: 'Shown once: it is stored hashed.' }) })
  .meta({ id: 'NewApiKey' })

const keySchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    companyId: z.string().optional(),
    createdBy: z.string(),
    createdAt: instantOut,
    lastUsedAt: instantOut.optional(),
  })
  .meta({ id: 'ApiKey' })

function shownKey({ id, name, role, companyId, createdBy, createdAt, lastUsedAt }: ApiKey): z.input<typeof keySchema> {
  const usedAt = isoOrNone(lastUsedAt)
  return {
    id,
    name,
    role,
    ...(companyId !== null && { companyId }),
    createdBy,
    createdAt: isoOrNone(createdAt) ?? '',
    ...(usedAt !== undefined && { lastUsedAt: usedAt }),
  }
}

export const apiKeyEndpoints = [
  defineEndpoint({
    method: 'post',
    path: '/v1/api-keys',
    tag,
    summary: 'Make a key',
    description: '`dispatch` makes `viewer` and `driver` keys of its own company; other keys are made by `admin`.',
    access: { roles: dispatchers },
    body: keyBody,
    secretAnswer: true,
    answers: { 201: { description: 'The key.', schema: newKeySchema } },
    errors: ['not_found'],
    async handle({ body, caller }, { db }) {
      return { status: 201, body: await makeKey(db, body, caller) }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/api-keys',
    tag,
    summary: 'List the keys that are valid, oldest first',
    access: { roles: dispatchers },
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'A page of them, without the keys themselves.', schema: pageOf(keySchema) } },
    async handle({ query: { limit, cursor }, caller }, { db }) {
      const page = await listApiKeys(db, { companyId: caller.companyId, limit, after: cursor })
      return { status: 200, body: { items: page.items.map(shownKey), nextCursor: page.next } }
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/v1/api-keys/{id}',
    tag,
    summary: 'Revoke a key for good',
    access: { roles: dispatchers },
    params: z.object({ id: z.string().max(100) }),
    answers: { 204: { description: 'It is no longer valid.' } },
    async handle({ params: { id }, caller }, { db }) {
      const key = await getApiKey(db, id)
      const foreign = caller.companyId !== null && key?.companyId !== caller.companyId
      if (key === null || foreign) throw new ApiProblem('not_found', `There is no key "${id}".`)
      if (!mayManage(caller, key.role))
        throw new ApiProblem(
          'forbidden',
          `A key with the role ${key.role} is revoked by an admin; a dispatch key revokes viewer and driver keys.`,
        )
      await db.transaction(async (trx) => {
        if (!(await revokeApiKey(trx, id))) throw new ApiProblem('not_found', `Key "${id}" has been revoked already.`)
        const { companyId } = key
        await recordAudit(trx, { companyId, by: caller, action: 'api_key.revoked', subject: id })
      })
      return { status: 204 }
    },
  }),
]
