import type { Request } from 'express'
import { findApiKeyByHash, touchApiKey } from '../../db/apiKeys'
import { findDriverLink } from '../../db/driverLinks'
import { findSession, touchSession } from '../../db/operatorSessions'
import { ApiProblem } from '../../domain/errors'
import type { ApiParts } from '../apiParts'
import { presentedSession } from '../sessions/sessionCookie'
import { type Caller, keyIdOf } from './caller'
import { mayChange, refuseCrossSite } from './crossSite'
import { hashOf, isSameKey } from './keys'

const minute = 60_000

/** What a request presents to say who calls: a key in its `Authorization` header, or else a session's cookie. */
export interface Credential {
  kind: 'key' | 'session'
  token: string
}

/** What the request presents; throws `cross_site_request` for a session's cookie that another site made the browser send. */
export function presentedBy(request: Request, { publicUrl }: ApiParts['config']): Credential | undefined {
  const header = request.get('authorization')
  const key = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(header ?? '')?.[1]
  if (key !== undefined) return { kind: 'key', token: key }
  const token = header === undefined ? presentedSession(request.get('cookie'), { publicUrl }) : undefined
  if (token === undefined) return undefined
  if (mayChange(request)) refuseCrossSite(request, publicUrl)
  return { kind: 'session', token }
}

/**
 * The caller to whom a key or a session belongs; throws `unauthorized` without a valid one. It counts as a use of it, but for
 * a look whether it is `still` valid.
 */
export async function authenticate(
  credential: Credential | undefined,
  api: ApiParts,
  { still = false } = {},
): Promise<Caller> {
  if (credential === undefined) throw new ApiProblem('unauthorized')
  return credential.kind === 'key' ? callerOfKey(credential.token, api) : callerOfSession(credential.token, api, still)
}

async function callerOfKey(key: string, api: ApiParts): Promise<Caller> {
  const { db, config, log } = api
  if (isSameKey(key, config.adminApiKey))
    return { keyId: 'ADMIN_API_KEY', name: 'ADMIN_API_KEY', role: 'admin', companyId: null }

  if (key.startsWith('dl_')) return callerOfLink(key, api)
  const known = await findApiKeyByHash(db, hashOf(key))
  if (known === null || known.revokedAt !== null) throw new ApiProblem('unauthorized')
  // Only for people to see; a request does not wait for it, nor fail by it.
  if (known.lastUsedAt === null || known.lastUsedAt < Date.now() - minute)
    touchApiKey(db, known.id).catch((err: unknown) =>
      log.warn({ err, keyId: known.id }, 'The use of a key was not noted'),
    )
  return { keyId: known.id, name: known.name, role: known.role, companyId: known.companyId }
}

async function callerOfLink(token: string, { db, clock }: ApiParts): Promise<Caller> {
  const link = await findDriverLink(db, hashOf(token), clock())
  if (link === null)
    throw new ApiProblem('unauthorized', 'The link does not work any more. Ask the dispatcher for a new one.')
  const { id, companyId, routeId } = link
  return { keyId: `driver-link:${id}`, name: 'Driver’s link', role: 'driver', companyId, link: { companyId, routeId } }
}

async function callerOfSession(token: string, { db, clock, log }: ApiParts, still: boolean): Promise<Caller> {
  const tokenHash = hashOf(token)
  const now = clock()
  const operator = await findSession(db, tokenHash, now)
  if (operator === null) throw new ApiProblem('unauthorized', 'The session is over. Sign in again.')
  if (!still && operator.usedAt < now - minute)
    touchSession(db, tokenHash, now).catch((err: unknown) =>
      log.warn({ err, operatorId: operator.id }, 'The use of a session was not noted'),
    )
  const { id, email, name, role, companyId } = operator
  return { keyId: keyIdOf(id), name, role, companyId, session: { operatorId: id, email, role, tokenHash } }
}
