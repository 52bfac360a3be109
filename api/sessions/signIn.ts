import { recordAudit } from '../../db/audit'
import { beginSession } from '../../db/operatorSessions'
import type { Operator } from '../../db/operators'
import type { Database } from '../../db/sql'
import type { AuditAction } from '../../domain/audit'
import type { Instant } from '../../domain/words'
import type { ApiParts } from '../apiParts'
import { keyIdOf } from '../auth/caller'
import { hashOf, newToken } from '../auth/keys'
import { sessionCookie } from './sessionCookie'

/** Begins a session of the operator and gives the cookie that carries it. */
export async function signIn(
  trx: Database,
  operator: Pick<Operator, 'id' | 'name' | 'companyId'>,
  now: Instant,
  config: ApiParts['config'],
): Promise<string> {
  const token = newToken()
  await beginSession(trx, operator.id, hashOf(token), now)
  await auditOfOperator(trx, operator, 'operator.signed_in')
  return sessionCookie(token, config)
}

/** Notes what an operator has done with their own account. */
export function auditOfOperator(
  trx: Database,
  { id, name, companyId }: Pick<Operator, 'id' | 'name' | 'companyId'>,
  action: AuditAction,
): Promise<void> {
  return recordAudit(trx, { companyId, by: { keyId: keyIdOf(id), name }, action, subject: id })
}
