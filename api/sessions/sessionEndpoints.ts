import { z } from 'zod'
import { endSession, endSessionsOf } from '../../db/operatorSessions'
import { findOperatorByEmail, getOperator, setPasswordHash } from '../../db/operators'
import { takePasswordLink } from '../../db/passwordLinks'
import { ApiProblem } from '../../domain/errors'
import { type Caller, readers } from '../auth/caller'
import { hashOf } from '../auth/keys'
import { defineEndpoint } from '../http/endpoint'
import { isPassword, passwordHashOf } from './passwords'
import { noSessionCookie } from './sessionCookie'
import { newPassword, sessionSchema, shownSession } from './sessionSchemas'
import { auditOfOperator, signIn } from './signIn'

const tag = 'Sessions'
const signedIn = {
  description: 'Who has signed in.',
  schema: sessionSchema,
  headers: {
    'Set-Cookie': 'The session: httpOnly, of this site alone, for 12 hours after its last use and 7 days at most.',
  },
}

/** A key has no session to show or to end. */
function sessionOf({ session }: Caller) {
  if (session === undefined) throw new ApiProblem('unauthorized', 'This call is for an operator who has signed in.')
  return session
}

export const sessionEndpoints = [
  defineEndpoint({
    method: 'post',
    path: '/v1/session',
    tag,
    summary: 'Sign in',
    description: 'The answer is the same for a wrong password and for an unknown email, and takes as long.',
    access: 'credentials',
    body: z
      .strictObject({ email: z.string().trim().max(254), password: z.string().max(1_000).meta({ format: 'password' }) })
      .meta({ id: 'SignIn' }),
    answers: { 200: signedIn },
    async handle({ body: { email, password }, now }, { db, config }) {
      const operator = await findOperatorByEmail(db, email.toLowerCase())
      const right = await isPassword(password, operator?.passwordHash ?? null)
      if (operator === null || !right) throw new ApiProblem('sign_in_failed')
      const cookie = await db.transaction((trx) => signIn(trx, operator, now, config))
      return { status: 200, body: shownSession(operator), headers: { 'Set-Cookie': cookie } }
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/v1/session/password',
    tag,
    summary: 'Set a password with the token of a one-time link, and sign in',
    description: 'Ends every other session of the operator. A link works once.',
    access: 'credentials',
    body: z.strictObject({ token: z.string().max(200), password: newPassword }).meta({ id: 'SetPassword' }),
    answers: { 200: signedIn },
    async handle({ body: { token, password }, now }, { db, config }) {
      const passwordHash = await passwordHashOf(password)
      const done = await db.transaction(async (trx) => {
        const id = await takePasswordLink(trx, hashOf(token), now)
        const operator = id === null ? null : await getOperator(trx, id)
        if (operator === null)
          throw new ApiProblem(
            'sign_in_failed',
            'The link has been used, or its time has passed. Ask whoever sent it for a new one.',
          )
        await setPasswordHash(trx, operator.id, passwordHash)
        await endSessionsOf(trx, operator.id)
        await auditOfOperator(trx, operator, 'operator.password_set')
        return { operator, cookie: await signIn(trx, operator, now, config) }
      })
      return { status: 200, body: shownSession(done.operator), headers: { 'Set-Cookie': done.cookie } }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/session',
    tag,
    summary: 'Who has signed in',
    access: { roles: readers },
    answers: { 200: { description: 'They.', schema: sessionSchema } },
    async handle({ caller }) {
      const { email, role } = sessionOf(caller)
      return { status: 200, body: shownSession({ ...caller, email, role }) }
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/v1/session',
    tag,
    summary: 'Sign out',
    access: { roles: readers },
    answers: { 204: { description: 'The session is over.' } },
    async handle({ caller }, { db, config }) {
      const { operatorId, tokenHash } = sessionOf(caller)
      await db.transaction(async (trx) => {
        await endSession(trx, tokenHash)
        await auditOfOperator(trx, { ...caller, id: operatorId }, 'operator.signed_out')
      })
      return { status: 204, headers: { 'Set-Cookie': noSessionCookie(config) } }
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/v1/sessions',
    tag,
    summary: 'Sign out everywhere',
    access: { roles: readers },
    answers: { 204: { description: 'Every session of the operator is over.' } },
    async handle({ caller }, { db, config }) {
      const { operatorId } = sessionOf(caller)
      await db.transaction(async (trx) => {
        await endSessionsOf(trx, operatorId)
        await auditOfOperator(trx, { ...caller, id: operatorId }, 'operator.signed_out')
      })
      return { status: 204, headers: { 'Set-Cookie': noSessionCookie(config) } }
    },
  }),
]
