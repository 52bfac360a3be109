import { z } from 'zod'
import { findOperatorByEmail } from '../../../db/operators'
import { ApiProblem } from '../../../domain/errors'
import type { ApiParts } from '../../apiParts'
import { defineEndpoint } from '../../http/endpoint'
import { signIn } from '../signIn'
import { checksCookie, noChecksCookie, presentedChecks } from './checksCookie'
import { newChecks, type OidcClient } from './oidcClient'

const tag = 'Sessions'

/** Why nobody was signed in: the console's sign-in page says it in words. */
type Reason = 'expired' | 'failed' | 'not_verified' | 'unknown'

function offered({ oidc }: ApiParts): OidcClient {
  if (!oidc) throw new ApiProblem('not_found', 'OpenID Connect is not configured: sign in with a password.')
  return oidc
}

function backToConsole({ config }: ApiParts, reason: Reason | null, cookies: string[] = []) {
  const Location = `${config.publicUrl}/${reason === null ? '' : `?sign-in=${reason}`}`
  return { status: 303, headers: { Location, 'Set-Cookie': [...cookies, noChecksCookie(config)] } }
}

export const oidcEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/v1/session/options',
    tag,
    summary: 'The ways in which operators can sign in',
    access: 'anybody',
    answers: {
      200: {
        description: 'They.',
        schema: z.strictObject({ password: z.boolean(), oidc: z.boolean() }).meta({ id: 'SignInOptions' }),
      },
    },
    async handle(_call, { oidc }) {
      return { status: 200, body: { password: true, oidc: Boolean(oidc) } }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/session/oidc',
    tag,
    summary: 'Sign in by OpenID Connect',
    description: 'For a browser: it goes to the provider, and comes back signed in.',
    access: 'anybody',
    answers: { 303: { description: 'On to the provider; or back to the console, if that is away.' } },
    errors: ['not_found'],
    async handle({ now }, api) {
      const client = offered(api)
      const checks = newChecks()
      try {
        const Location = await client.begin(checks)
        return { status: 303, headers: { Location, 'Set-Cookie': checksCookie(checks, now, api.config) } }
      } catch (err) {
        api.log.warn({ err }, 'The provider of OpenID Connect could not be asked')
        return backToConsole(api, 'failed')
      }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/session/oidc/callback',
    tag,
    summary: 'Where the provider of OpenID Connect sends a browser back to',
    description:
      'Signs in the operator with the email that the provider has verified; nobody is made an operator by it. Goes on to ' +
      'the console, which says why (`?sign-in=`) when nobody was signed in.',
    access: 'anybody',
    query: z.object({ code: z.string().max(4_000).optional(), state: z.string().max(1_000).optional() }),
    answers: { 303: { description: 'On to the console.' } },
    errors: ['not_found'],
    async handle({ url, now, header }, api) {
      const client = offered(api)
      const checks = presentedChecks(header('cookie'), now, api.config)
      if (checks === null) return backToConsole(api, 'expired')
      let email: string | null
      try {
        email = await client.verifiedEmail(url, checks)
      } catch (err) {
        api.log.warn({ err }, 'A sign-in by OpenID Connect failed')
        return backToConsole(api, 'failed')
      }
      if (email === null) return backToConsole(api, 'not_verified')
      const operator = await findOperatorByEmail(api.db, email.toLowerCase())
      if (operator === null) return backToConsole(api, 'unknown')
      const cookie = await api.db.transaction((trx) => signIn(trx, operator, now, api.config))
      return backToConsole(api, null, [cookie])
    },
  }),
]
