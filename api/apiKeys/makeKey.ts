import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { insertApiKey, type Role } from '../../db/apiKeys'
import { recordAudit } from '../../db/audit'
import { getCompany } from '../../db/companies'
import { ApiProblem } from '../../domain/errors'
import type { Caller } from '../auth/caller'
import { hashOf, newKey } from '../auth/keys'

interface KeyRequest {
  name: string
  role: Role
  companyId?: string | undefined
}

/** Whether the caller may make and revoke keys of that role, of a company that it is for. */
export function mayManage(caller: Caller, role: Role): boolean {
  if (caller.role === 'admin') return true
  return caller.role === 'dispatch' && (role === 'viewer' || role === 'driver')
}

/** Makes a key within what the caller may do. The key itself is in this answer and nowhere else. */
export async function makeKey(
  db: Knex,
  { name, role, ...request }: KeyRequest,
  caller: Caller,
): Promise<{ id: string; key: string }> {
  const companyId = request.companyId ?? caller.companyId
  if (caller.companyId !== null && companyId !== caller.companyId)
    throw new ApiProblem('not_found', `There is no company "${companyId}".`)
  if (!mayManage(caller, role))
    throw new ApiProblem(
      'forbidden',
      `A key with the role ${caller.role} makes viewer and driver keys; ask an admin for one with the role ${role}.`,
    )
  if (companyId === null && role !== 'admin')
    throw new ApiProblem('invalid_request', `A key with the role ${role} is for one company.`, [
      { path: 'companyId', message: `is missing; a key with the role ${role} is for one company, so name it` },
    ])
  if (companyId !== null && (await getCompany(db, companyId)) === null)
    throw new ApiProblem('invalid_request', `There is no company "${companyId}".`, [
      { path: 'companyId', message: `is "${companyId}", which is no company; create the company first` },
    ])
  const key = newKey()
  const id = randomUUID()
  await db.transaction(async (trx) => {
    await insertApiKey(trx, { id, name, role, companyId, secretHash: hashOf(key), createdBy: caller.name })
    const changes = [
      { path: 'name', to: name },
      { path: 'role', to: role },
    ]
    await recordAudit(trx, { companyId, by: caller, action: 'api_key.created', subject: id, changes })
  })
  return { id, key }
}
