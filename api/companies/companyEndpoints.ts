import { isSupportedCountry } from 'libphonenumber-js'
import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { type Company, listCompanies, lockCompany, putCompany } from '../../db/companies'
import { type AuditedFields, changesBetween, Hidden } from '../../domain/audit'
import { dispatchers, readers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { callersId, companyPath, instantOut, isoOrNone, text } from '../schemas/common'
import { companyOr404 } from './companyOr404'

const companyBody = z
  .strictObject({
    name: text(200).meta({ description: '`company.name` in messages.' }),
    phone: text(40).optional().meta({ description: '`company.phone` in messages, as customers should read it.' }),
    website: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .max(500)
      .optional(),
    country: z
      .string()
      .refine((code) => isSupportedCountry(code), 'must be a country of ISO 3166 in two capitals, such as US')
      .default('US')
      .meta({ description: 'Where a phone number without + belongs.', examples: ['US'] }),
  })
  .meta({ id: 'CompanyBody' })

const companySchema = z
  .strictObject({
    companyId: callersId,
    name: z.string(),
    phone: z.string().optional(),
    website: z.string().optional(),
    country: z.string(),
    createdAt: instantOut,
    updatedAt: instantOut,
  })
  .meta({ id: 'Company' })

function shownCompany({
  companyId,
  name,
  phone,
  website,
  country,
  createdAt,
  updatedAt,
}: Company): z.input<typeof companySchema> {
  return {
    companyId,
    name,
    ...(phone !== null && { phone }),
    ...(website !== null && { website }),
    country,
    createdAt: isoOrNone(createdAt) ?? '',
    updatedAt: isoOrNone(updatedAt) ?? '',
  }
}

function auditedFields({ name, phone, website, country }: Company): AuditedFields {
  return { name, phone: phone && new Hidden(phone), website, country }
}

export const companyEndpoints = [
  defineEndpoint({
    method: 'put',
    path: '/v1/companies/{companyId}',
    tag: 'Companies',
    summary: 'Create a company or replace its fields',
    access: { roles: dispatchers },
    params: companyPath,
    body: companyBody,
    answers: {
      200: { description: 'The company as replaced.', schema: companySchema },
      201: { description: 'The company as created.', schema: companySchema },
    },
    async handle({ params: { companyId }, body, caller }, { db, scheduleKeeper }) {
      const document = { ...body, companyId, phone: body.phone ?? null, website: body.website ?? null }
      const { company, created } = await db.transaction(async (trx) => {
        const before = await lockCompany(trx, companyId)
        const stored = await putCompany(trx, document)
        const changes = changesBetween(before && auditedFields(before), auditedFields(stored.company))
        const action = stored.created ? 'company.created' : 'company.changed'
        if (changes.length > 0) await recordAudit(trx, { companyId, by: caller, action, subject: companyId, changes })
        return stored
      })
      // Its task was made with it.
      if (created) await scheduleKeeper.keep(companyId)
      return { status: created ? 201 : 200, body: shownCompany(company) }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies',
    tag: 'Companies',
    summary: 'List the companies that the caller may see, by their ids',
    access: { roles: readers },
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'A page of them.', schema: pageOf(companySchema) } },
    async handle({ query: { limit, cursor }, caller }, { db }) {
      const page = await listCompanies(db, { companyId: caller.companyId, limit, after: cursor })
      return { status: 200, body: { items: page.items.map(shownCompany), nextCursor: page.next } }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}',
    tag: 'Companies',
    summary: 'Read a company',
    access: { roles: readers },
    params: companyPath,
    answers: { 200: { description: 'The company.', schema: companySchema } },
    async handle({ params }, { db }) {
      return { status: 200, body: shownCompany(await companyOr404(db, params.companyId)) }
    },
  }),
]
