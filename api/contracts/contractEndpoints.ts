import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import {
  type Contract,
  type ContractDocument,
  getContract,
  listContracts,
  liveRoutesOfContract,
  lockContract,
  putContract,
} from '../../db/contracts'
import type { Database } from '../../db/sql'
import { type AuditedFields, changesBetween, Hidden } from '../../domain/audit'
import { ApiProblem } from '../../domain/errors'
import { type Caller, dispatchers, readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { preconditionFailed, tagsNamed } from '../http/ifMatch'
import { pageOf, pageQuery } from '../http/page'
import { nudgeRoutes } from '../outbox/nudgeRoutes'
import { callersId, companyPath, text } from '../schemas/common'
import { masksFor } from '../schemas/masking'
import { addressProblems, storedAddress } from './addressProblems'
import { contractBody, contractSchema, shownContracts } from './contractSchemas'

const contractPath = companyPath.extend({ number: callersId })

async function contractOr404(db: Database, companyId: string, number: string) {
  const contract = await getContract(db, companyId, number)
  if (contract === null)
    throw new ApiProblem('not_found', `There is no contract "${number}" in company "${companyId}".`)
  return contract
}

const contractHeaders = { ETag: 'When it was changed, for `If-Match`.' }

/** The moment of its last change as an `ETag`. */
const etagOf = ({ updatedAt }: Contract) => `"${new Date(updatedAt).toISOString()}"`

async function contractAnswer(db: Database, companyId: string, number: string, caller: Caller) {
  const contract = await contractOr404(db, companyId, number)
  const [body] = await shownContracts(db, companyId, [contract], caller)
  return { headers: { ETag: etagOf(contract) }, body }
}

/** Whoever changes what they have read finds out that somebody else has changed it since. */
function refuseStale(ifMatch: string | undefined, current: Contract | null): void {
  if (ifMatch === undefined) return
  const named = tagsNamed(ifMatch)
  if (current !== null && (named.includes('*') || named.includes(etagOf(current)))) return
  const now = current === null ? 'there is no such contract' : `the current one is ${etagOf(current)}`
  throw preconditionFailed(ifMatch, now, 'contract')
}

/** Who a customer is, and where they are told, is compared and not kept. */
function auditedFields({ customer, fields, deliveryNotifications }: ContractDocument): AuditedFields {
  return {
    'customer.name': new Hidden(customer.name),
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`fields.${name}`, new Hidden(value)])),
    deliveryNotifications: deliveryNotifications.map(({ method, events, onlyIfTextFails }) => ({
      method,
      events,
      onlyIfTextFails,
    })),
    'deliveryNotifications.address': new Hidden(deliveryNotifications.map(({ address }) => address)),
  }
}

const searchQuery = {
  q: text(200).optional().meta({
    description:
      'How the number or the customer’s name begins; capitals and small letters are the same. Whoever sees names masked gives the whole of one.',
  }),
}

export const contractEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/contracts',
    tag: 'Contracts',
    summary: 'List the contracts by their numbers, or look for some',
    description: 'Of a search those whose number begins so come first, then those whose customer’s name does.',
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject({ ...pageQuery, ...searchQuery }),
    answers: { 200: { description: 'A page of them; masked for viewers.', schema: pageOf(contractSchema) } },
    async handle({ params: { companyId }, query: { limit, cursor, q }, caller }, { db }) {
      await companyOr404(db, companyId)
      // With beginnings, a masked name could be guessed letter by letter.
      const search = q === undefined ? undefined : { start: q, wholeName: masksFor(caller).hides }
      const page = await listContracts(db, companyId, { search, limit, after: cursor })
      const items = await shownContracts(db, companyId, page.items, caller)
      return { status: 200, body: { items, nextCursor: page.next } }
    },
  }),
  defineEndpoint({
    method: 'put',
    path: '/v1/companies/{companyId}/contracts/{number}',
    tag: 'Contracts',
    summary: 'Create a contract or replace it, its delivery notifications included',
    description: 'Takes effect for whatever has not been sent yet. `If-Match` is honoured.',
    access: { roles: dispatchers },
    params: contractPath,
    body: contractBody,
    answers: {
      200: { description: 'The contract as replaced.', schema: contractSchema, headers: contractHeaders },
      201: { description: 'The contract as created.', schema: contractSchema, headers: contractHeaders },
    },
    errors: ['precondition_failed'],
    async alsoCheck({ params, body }, { db }) {
      return addressProblems(body, (await companyOr404(db, params.companyId)).country)
    },
    async handle({ params: { companyId, number }, body, caller, header }, api) {
      const { country } = await companyOr404(api.db, companyId)
      const deliveryNotifications = body.deliveryNotifications.map((row) => ({
        ...row,
        address: storedAddress(row.method, row.address, country),
      }))
      const { created, nudges } = await api.db.transaction(async (trx) => {
        const document = { number, ...body, deliveryNotifications }
        const before = await lockContract(trx, companyId, number)
        refuseStale(header('if-match'), before)
        const { created } = await putContract(trx, companyId, document)
        const changes = changesBetween(before && auditedFields(before), auditedFields(document))
        const action = created ? 'contract.created' : 'contract.changed'
        if (changes.length > 0) await recordAudit(trx, { companyId, by: caller, action, subject: number, changes })
        const concerned = created ? [] : await liveRoutesOfContract(trx, companyId, number)
        return { created, nudges: await nudgeRoutes(trx, concerned) }
      })
      await api.forwarder.forward(nudges)
      return { status: created ? 201 : 200, ...(await contractAnswer(api.db, companyId, number, caller)) }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/contracts/{number}',
    tag: 'Contracts',
    summary: 'Read a contract',
    access: { roles: readers },
    params: contractPath,
    answers: {
      200: {
        description: 'The contract; recipients and names masked for viewers.',
        schema: contractSchema,
        headers: contractHeaders,
      },
    },
    async handle({ params: { companyId, number }, caller }, { db }) {
      return { status: 200, ...(await contractAnswer(db, companyId, number, caller)) }
    },
  }),
]
