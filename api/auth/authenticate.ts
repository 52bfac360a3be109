import { findApiKeyByHash, touchApiKey } from '../../db/apiKeys'
import { ApiProblem } from '../../domain/errors'
import type { ApiParts } from '../apiParts'
import type { Caller } from './caller'
import { hashOf, isSameKey } from './keys'

const minute = 60_000

/** What an `Authorization` header presents as a key. */
export function presentedKey(header: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]{1,500})$/i.exec(header ?? '')?.[1]
}

/** The caller to whom a key belongs; throws `unauthorized` without a valid one. */
export async function authenticate(key: string | undefined, { db, config, log }: ApiParts): Promise<Caller> {
  if (key === undefined) throw new ApiProblem('unauthorized')
  if (isSameKey(key, config.adminApiKey))
    return { keyId: 'ADMIN_API_KEY', name: 'ADMIN_API_KEY', role: 'admin', companyId: null }

  const known = await findApiKeyByHash(db, hashOf(key))
  if (known === null || known.revokedAt !== null) throw new ApiProblem('unauthorized')
  // Only for people to see; a request does not wait for it, nor fail by it.
  if (known.lastUsedAt === null || known.lastUsedAt < Date.now() - minute)
    touchApiKey(db, known.id).catch((err: unknown) =>
      log.warn({ err, keyId: known.id }, 'The use of a key was not noted'),
    )
  return { keyId: known.id, name: known.name, role: known.role, companyId: known.companyId }
}
