import { z } from 'zod'
import { type AuditEntry, listAudit } from '../../db/audit'
import { auditActions } from '../../domain/audit'
import { dispatchers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { companyPath, instant, instantOut, isoOrNone } from '../schemas/common'

const tag = 'Audit'

const entrySchema = z
  .strictObject({
    id: z.number().int(),
    at: instantOut,
    companyId: z.string().optional(),
    by: z.strictObject({ keyId: z.string(), name: z.string() }),
    action: z.enum(auditActions),
    subject: z.string().meta({ description: 'The id of what was changed; of a stop with its route’s, `R-1/S-2`.' }),
    changes: z
      .array(z.strictObject({ path: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }))
      .meta({ description: 'A field without values holds what is kept nowhere but in its place: personal or secret.' }),
  })
  .meta({ id: 'AuditEntry' })

const query = z.strictObject({
  ...pageQuery,
  from: instant.optional().meta({ type: 'string', format: 'date-time', description: 'From this moment on.' }),
  to: instant.optional().meta({ type: 'string', format: 'date-time', description: 'Before this one.' }),
})
const answers = { 200: { description: 'A page of entries.', schema: pageOf(entrySchema) } }
const description = 'Append-only. The settings’ own values are in their versions.'

function shownEntry({ companyId, at, ...entry }: AuditEntry) {
  return { ...entry, at: isoOrNone(at), ...(companyId !== null && { companyId }) }
}

export const auditEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/audit',
    tag,
    summary: 'List who changed what in a company, the latest first',
    description,
    access: { roles: dispatchers },
    params: companyPath,
    query,
    answers,
    async handle({ params: { companyId }, query: { cursor, ...filter } }, { db }) {
      await companyOr404(db, companyId)
      const page = await listAudit(db, companyId, { ...filter, after: cursor })
      return { status: 200, body: { items: page.items.map(shownEntry), nextCursor: page.next } }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/audit',
    tag,
    summary: 'List who changed what in every company, companies and keys included',
    description,
    access: { roles: ['admin'] },
    query,
    answers,
    async handle({ query: { cursor, ...filter }, caller }, { db }) {
      const page = await listAudit(db, caller.companyId, { ...filter, after: cursor })
      return { status: 200, body: { items: page.items.map(shownEntry), nextCursor: page.next } }
    },
  }),
]
