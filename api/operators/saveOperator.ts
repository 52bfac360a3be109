import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { z } from 'zod'
import { getCompany } from '../../db/companies'
import { endSessionsOf } from '../../db/operatorSessions'
import { findOperatorByEmail, insertOperator, operatorRoles, setPasswordHash, updateOperator } from '../../db/operators'
import { problemsOf } from '../http/problemsOf'
import { callersId, text } from '../schemas/common'
import { passwordHashOf } from '../sessions/passwords'
import { newPassword } from '../sessions/sessionSchemas'
import { emailAddress } from './emailAddress'

const schema = z.object({
  email: emailAddress,
  name: text(200),
  role: z.enum(operatorRoles),
  companyId: callersId.optional(),
  password: newPassword,
})

/** Adds the operator with that password, or changes the one with that email; throws a sentence that lists what is wrong. */
export async function saveOperator(db: Knex, given: unknown): Promise<{ email: string; created: boolean }> {
  const parsed = schema.safeParse(given, { reportInput: true })
  if (!parsed.success)
    throw new Error(
      problemsOf(parsed.error, schema, 'body')
        .map(({ path, message }) =>
          path === 'password' ? 'password must have 12 to 200 characters' : `${path} ${message}`,
        )
        .join('\n'),
    )
  const { email, name, role, companyId = null, password } = parsed.data
  if (companyId !== null && (await getCompany(db, companyId)) === null)
    throw new Error(`There is no company "${companyId}". Create it first, or leave --company out.`)
  const passwordHash = await passwordHashOf(password)
  return db.transaction(async (trx) => {
    const known = await findOperatorByEmail(trx, email)
    const id = known?.id ?? randomUUID()
    if (known === null) await insertOperator(trx, { id, email, name, role, companyId, createdBy: 'npm run operator' })
    else await updateOperator(trx, { id, name, role, companyId })
    await setPasswordHash(trx, id, passwordHash)
    await endSessionsOf(trx, id)
    return { email, created: known === null }
  })
}
