import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { deleteOperator, insertOperator, listOperators, updateOperator } from '../../db/operators'
import { changesBetween } from '../../domain/audit'
import { ApiProblem } from '../../domain/errors'
import { dispatchers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { emailAddress } from './emailAddress'
import { managedOperator, refuseOwn, refuseUnlessMayManage } from './managing'
import { auditedFields, auditOperator } from './operatorAudit'
import { operatorFields, operatorPath, operatorSchema, passwordLinkSchema, shownOperator } from './operatorSchemas'
import { makePasswordLink } from './passwordLink'

const tag = 'Operators'
const whoseOperators =
  'Operators sign in to the console. `admin` manages all, `dispatch` those of its company with the role `dispatch` or `viewer`.'

export const operatorEndpoints = [
  defineEndpoint({
    method: 'post',
    path: '/v1/operators',
    tag,
    summary: 'Add an operator',
    description: `${whoseOperators} The answer has the link by which they set their password.`,
    access: { roles: dispatchers },
    body: z
      .strictObject({ ...operatorFields, email: emailAddress, companyId: operatorFields.companyId.optional() })
      .meta({ id: 'OperatorBody' }),
    secretAnswer: true,
    answers: {
      201: {
        description: 'The operator.',
        schema: z
          .strictObject({ ...operatorSchema.shape, passwordLink: passwordLinkSchema })
          .meta({ id: 'NewOperator' }),
      },
    },
    errors: ['not_found', 'operator_exists'],
    async handle({ body, caller, now }, { db, config }) {
      const companyId = body.companyId === undefined ? caller.companyId : body.companyId
      await refuseUnlessMayManage(db, caller, { ...body, companyId })
      return db.transaction(async (trx) => {
        const fresh = { ...body, companyId, id: randomUUID(), createdBy: caller.name }
        const operator = await insertOperator(trx, fresh)
        if (operator === null) throw new ApiProblem('operator_exists', `${body.email} is an operator already.`)
        const passwordLink = await makePasswordLink(trx, operator, now, config)
        await auditOperator(trx, caller, operator, 'operator.created', changesBetween(null, auditedFields(operator)))
        return { status: 201, body: { ...shownOperator(operator), passwordLink } }
      })
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/operators',
    tag,
    summary: 'List the operators, oldest first',
    access: { roles: dispatchers },
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'A page of them.', schema: pageOf(operatorSchema) } },
    async handle({ query: { limit, cursor }, caller }, { db }) {
      const page = await listOperators(db, { companyId: caller.companyId, limit, after: cursor })
      return { status: 200, body: { items: page.items.map(shownOperator), nextCursor: page.next } }
    },
  }),
  defineEndpoint({
    method: 'patch',
    path: '/v1/operators/{id}',
    tag,
    summary: 'Change an operator’s name, role or company',
    description: 'It counts from their next request on. Nobody changes their own role or company.',
    access: { roles: dispatchers },
    params: operatorPath,
    body: z.strictObject(operatorFields).partial().meta({ id: 'OperatorChange' }),
    answers: { 200: { description: 'The operator as changed.', schema: operatorSchema } },
    async handle({ params: { id }, body, caller }, { db }) {
      const before = await managedOperator(db, caller, id)
      const { name = before.name, role = before.role, companyId = before.companyId } = body
      if (role !== before.role || companyId !== before.companyId) refuseOwn(caller, id)
      await refuseUnlessMayManage(db, caller, { role, companyId })
      const after = await db.transaction(async (trx) => {
        const updated = await updateOperator(trx, { id, name, role, companyId })
        const changes = changesBetween(auditedFields(before), auditedFields(updated))
        if (changes.length > 0) await auditOperator(trx, caller, updated, 'operator.changed', changes)
        return updated
      })
      return { status: 200, body: shownOperator(after) }
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/v1/operators/{id}',
    tag,
    summary: 'Remove an operator; their sessions end',
    description: 'Nobody removes themselves.',
    access: { roles: dispatchers },
    params: operatorPath,
    answers: { 204: { description: 'There is no such operator any more.' } },
    async handle({ params: { id }, caller }, { db }) {
      const operator = await managedOperator(db, caller, id)
      refuseOwn(caller, id)
      await db.transaction(async (trx) => {
        await deleteOperator(trx, id)
        await auditOperator(trx, caller, operator, 'operator.deleted')
      })
      return { status: 204 }
    },
  }),
]
