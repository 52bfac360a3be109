import { getCompany } from '../../db/companies'
import { getOperator, type Operator } from '../../db/operators'
import type { Database } from '../../db/sql'
import { ApiProblem } from '../../domain/errors'
import type { Caller } from '../auth/caller'

type Standing = Pick<Operator, 'role' | 'companyId'>

/** Throws unless the caller may make somebody an operator with that role, of that company, which has to exist. */
export async function refuseUnlessMayManage(db: Database, caller: Caller, standing: Standing): Promise<void> {
  const { companyId } = standing
  if (isForeign(caller, standing))
    throw new ApiProblem('not_found', `There is no company "${companyId}" that you could make an operator of.`)
  if (isAbove(caller, standing)) throw forbidden()
  if (companyId !== null && (await getCompany(db, companyId)) === null)
    throw new ApiProblem('invalid_request', `There is no company "${companyId}".`, [
      { path: 'companyId', message: `is "${companyId}", which is no company; create the company first` },
    ])
}

/** The operator, if the caller may change them; another company's does not exist. */
export async function managedOperator(db: Database, caller: Caller, id: string): Promise<Operator> {
  const operator = await getOperator(db, id)
  if (operator === null || isForeign(caller, operator))
    throw new ApiProblem('not_found', `There is no operator "${id}".`)
  if (isAbove(caller, operator)) throw forbidden()
  return operator
}

/** Throws if the operator is the caller: whoever lowered or removed themselves could not take it back. */
export function refuseOwn(caller: Caller, id: string): void {
  if (caller.session?.operatorId === id)
    throw new ApiProblem(
      'forbidden',
      'Nobody changes their own role or company, or removes themselves. Ask another admin.',
    )
}

const isForeign = (caller: Caller, { companyId }: Standing) =>
  caller.companyId !== null && companyId !== caller.companyId
const isAbove = (caller: Caller, { role }: Standing) => role === 'admin' && caller.role !== 'admin'
const forbidden = () => new ApiProblem('forbidden', 'Operators with the role admin are managed by an admin.')
