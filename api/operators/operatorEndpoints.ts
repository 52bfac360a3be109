import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import {
  deleteOperator,
  insertOperator,
  listOperators,
  type Operator,
  operatorRoles,
  updateOperator,
} from '../../db/operators'
import type { Database } from '../../db/sql'
import { type AuditAction, type AuditChange, type AuditedFields, changesBetween, Hidden } from '../../domain/audit'
import { ApiProblem } from '../../domain/errors'
import { type Caller, dispatchers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { callersId, instantOut, isoOrNone, text } from '../schemas/common'
import { emailAddress } from './emailAddress'
import { managedOperator, refuseUnlessMayManage } from './managing'
import { makePasswordLink } from './passwordLink'

const tag = 'Operators'
const whoseOperators =
  'Operators sign in to the console. `admin` manages all, `dispatch` those of its company with the role `dispatch` or `viewer`.'

const fields = {
  name: text(200).meta({ description: 'Who is shown to have changed something.' }),
  role: z.enum(operatorRoles),
  companyId: callersId.nullable().meta({ description: 'Null: every company.' }),
}
const path = z.object({ id: z.string().max(100) })

const operatorSchema = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    ...fields,
    hasPassword: z.boolean().meta({ description: 'False until the operator has set one.' }),
    createdBy: z.string(),
    createdAt: instantOut,
  })
  .meta({ id: 'Operator' })

const passwordLinkSchema = z
  .strictObject({
    url: z.string().meta({ description: 'For the operator alone; shown once. It sets their password, once.' }),
    expiresAt: instantOut,
  })
  .meta({ id: 'PasswordLink' })

function shownOperator({ createdAt, ...operator }: Operator): z.input<typeof operatorSchema> {
  return { ...operator, createdAt: isoOrNone(createdAt) ?? '' }
}

function auditedFields({ email, name, role, companyId }: Operator): AuditedFields {
  return { email: new Hidden(email), name, role, companyId }
}

function audit(
  trx: Database,
  by: Caller,
  { id, companyId }: Operator,
  action: AuditAction,
  changes: readonly AuditChange[] = [],
): Promise<void> {
  return recordAudit(trx, { companyId, by, action, subject: id, changes })
}

export const operatorEndpoints = [
  defineEndpoint({
    method: 'post',
    path: '/v1/operators',
    tag,
    summary: 'Add an operator',
    description: `${whoseOperators} The answer has the link by which they set their password.`,
    access: { roles: dispatchers },
    body: z
      .strictObject({ ...fields, email: emailAddress, companyId: fields.companyId.optional() })
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
        await audit(trx, caller, operator, 'operator.created', changesBetween(null, auditedFields(operator)))
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
    description: 'It counts from their next request on.',
    access: { roles: dispatchers },
    params: path,
    body: z.strictObject(fields).partial().meta({ id: 'OperatorChange' }),
    answers: { 200: { description: 'The operator as changed.', schema: operatorSchema } },
    async handle({ params: { id }, body, caller }, { db }) {
      const before = await managedOperator(db, caller, id)
      const { name = before.name, role = before.role, companyId = before.companyId } = body
      await refuseUnlessMayManage(db, caller, { role, companyId })
      const after = await db.transaction(async (trx) => {
        const updated = await updateOperator(trx, { id, name, role, companyId })
        const changes = changesBetween(auditedFields(before), auditedFields(updated))
        if (changes.length > 0) await audit(trx, caller, updated, 'operator.changed', changes)
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
    access: { roles: dispatchers },
    params: path,
    answers: { 204: { description: 'There is no such operator any more.' } },
    async handle({ params: { id }, caller }, { db }) {
      const operator = await managedOperator(db, caller, id)
      await db.transaction(async (trx) => {
        await deleteOperator(trx, id)
        await audit(trx, caller, operator, 'operator.deleted')
      })
      return { status: 204 }
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/v1/operators/{id}/password-link',
    tag,
    summary: 'Make a link by which an operator sets a new password',
    description: 'It works once and for three days, and ends the link before it.',
    access: { roles: dispatchers },
    params: path,
    secretAnswer: true,
    answers: { 201: { description: 'The link.', schema: passwordLinkSchema } },
    async handle({ params: { id }, caller, now }, { db, config }) {
      const operator = await managedOperator(db, caller, id)
      const link = await db.transaction(async (trx) => {
        await audit(trx, caller, operator, 'operator.password_link_made')
        return makePasswordLink(trx, operator, now, config)
      })
      return { status: 201, body: link }
    },
  }),
]
