import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { type Consent, listConsents, recordConsent } from '../../db/consents'
import { normaliseAddress } from '../../domain/addresses/normaliseAddress'
import { channels } from '../../domain/words'
import { type Caller, dispatchers, readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { companyPath, instantOut, isoOrNone, text } from '../schemas/common'
import { masksFor } from '../schemas/masking'
import { consentAddressProblems, searchedAddress } from './consentAddress'

const path = '/v1/companies/{companyId}/consents'
const tag = 'Consents'
const actions = ['granted', 'revoked'] as const

const consentBody = z
  .strictObject({
    address: z.string().max(320),
    channel: z.enum(channels),
    action: z.enum(actions),
    source: text(100).meta({ description: 'How it is known, such as `phone call`.' }),
    note: text(1000).optional(),
  })
  .meta({ id: 'ConsentBody' })

export const consentSchema = z
  .strictObject({
    address: z.string(),
    channel: z.enum(channels),
    action: z.enum(actions),
    source: z.string(),
    note: z.string().optional(),
    recordedBy: z.string().optional(),
    recordedAt: instantOut,
    bindsEveryCompany: z.boolean().meta({
      description:
        'Whether the recipient said it to the sender that all companies share: a STOP (or Twilio’s word that there was one) or a START. Only a START lifts a STOP.',
    }),
  })
  .meta({ id: 'Consent' })

export function shownConsent(consent: Consent, caller: Caller): z.input<typeof consentSchema> {
  const { companyId, address, channel, action, source, note, recordedBy, recordedAt } = consent
  const show = masksFor(caller)
  return {
    address: show.address(address),
    channel,
    action,
    source,
    ...(note !== null && { note: show.text(note) }),
    ...(recordedBy !== null && { recordedBy }),
    recordedAt: isoOrNone(recordedAt) ?? '',
    bindsEveryCompany: companyId === null,
  }
}

export const consentEndpoints = [
  defineEndpoint({
    method: 'get',
    path,
    tag,
    summary: 'List who may be written to and who may not, the latest first',
    description: 'The latest entry of an address and channel decides, except that a STOP is lifted only by a START.',
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject({ ...pageQuery, address: z.string().min(1).max(320).optional() }),
    answers: { 200: { description: 'A page of them.', schema: pageOf(consentSchema) } },
    async handle({ params: { companyId }, query: { limit, cursor, address }, caller }, { db }) {
      const { country } = await companyOr404(db, companyId)
      const wanted = address === undefined ? undefined : searchedAddress(address, country)
      const page = await listConsents(db, companyId, { address: wanted, limit, after: cursor })
      return {
        status: 200,
        body: { items: page.items.map((item) => shownConsent(item, caller)), nextCursor: page.next },
      }
    },
  }),
  defineEndpoint({
    method: 'post',
    path,
    tag,
    summary: 'Record that somebody wants to be written to or not',
    access: { roles: dispatchers },
    params: companyPath,
    body: consentBody,
    answers: { 201: { description: 'Recorded.', schema: consentSchema } },
    async alsoCheck({ params, body }, { db }) {
      return consentAddressProblems(body, (await companyOr404(db, params.companyId)).country)
    },
    async handle({ params: { companyId }, body, caller }, { db }) {
      const { country } = await companyOr404(db, companyId)
      const normal = normaliseAddress(body.channel, body.address, country)
      const address = 'address' in normal ? normal.address : body.address
      const consent = await db.transaction(async (trx) => {
        const recorded = await recordConsent(trx, { ...body, companyId, address, recordedBy: caller.name })
        const changes = [{ path: 'channel', to: body.channel }, { path: 'address' }]
        const action = `consent.${body.action}` as const
        await recordAudit(trx, { companyId, by: caller, action, subject: String(recorded.id), changes })
        return recorded
      })
      return { status: 201, body: shownConsent(consent, caller) }
    },
  }),
]
