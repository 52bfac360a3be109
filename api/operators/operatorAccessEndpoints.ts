import { endSessionsOf } from '../../db/operatorSessions'
import { dispatchers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { managedOperator } from './managing'
import { auditOperator } from './operatorAudit'
import { operatorPath, passwordLinkSchema } from './operatorSchemas'
import { makePasswordLink } from './passwordLink'

const tag = 'Operators'

/** How an operator is let in again, and out. */
export const operatorAccessEndpoints = [
  defineEndpoint({
    method: 'post',
    path: '/v1/operators/{id}/password-link',
    tag,
    summary: 'Make a link by which an operator sets a new password',
    description: 'It works once and for three days, and ends the link before it.',
    access: { roles: dispatchers },
    params: operatorPath,
    secretAnswer: true,
    answers: { 201: { description: 'The link.', schema: passwordLinkSchema } },
    async handle({ params: { id }, caller, now }, { db, config }) {
      const operator = await managedOperator(db, caller, id)
      const link = await db.transaction(async (trx) => {
        await auditOperator(trx, caller, operator, 'operator.password_link_made')
        return makePasswordLink(trx, operator, now, config)
      })
      return { status: 201, body: link }
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/v1/operators/{id}/sessions',
    tag,
    summary: 'Sign an operator out everywhere',
    description: 'They may sign in again, unless they are removed.',
    access: { roles: dispatchers },
    params: operatorPath,
    answers: { 204: { description: 'Every session of theirs is over.' } },
    async handle({ params: { id }, caller }, { db }) {
      const operator = await managedOperator(db, caller, id)
      await db.transaction(async (trx) => {
        await endSessionsOf(trx, id)
        await auditOperator(trx, caller, operator, 'operator.signed_out')
      })
      return { status: 204 }
    },
  }),
]
