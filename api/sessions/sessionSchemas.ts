import { z } from 'zod'
import { operatorRoles } from '../../db/operators'

/** A new password. Long rather than strange (NIST SP 800-63B). */
export const newPassword = z
  .string()
  .min(12)
  .max(200)
  .meta({ format: 'password', description: '12 to 200 characters of any kind.' })

const operatorSchema = z
  .strictObject({
    email: z.string(),
    name: z.string(),
    role: z.enum(operatorRoles),
    companyId: z.string().nullable().meta({ description: 'Null: every company.' }),
  })
  .meta({ id: 'SignedInOperator' })

export const sessionSchema = z.strictObject({ operator: operatorSchema }).meta({ id: 'Session' })

/** Whoever has signed in, as they are shown to themselves. */
export function shownSession({
  email,
  name,
  role,
  companyId,
}: z.input<typeof operatorSchema>): z.input<typeof sessionSchema> {
  return { operator: { email, name, role, companyId } }
}
