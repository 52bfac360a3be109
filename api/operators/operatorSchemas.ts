import { z } from 'zod'
import { type Operator, operatorRoles } from '../../db/operators'
import { callersId, instantOut, isoOrNone, text } from '../schemas/common'

export const operatorPath = z.object({ id: z.string().max(100) })

/** What of an operator may be changed. */
export const operatorFields = {
  name: text(200).meta({ description: 'Who is shown to have changed something.' }),
  role: z.enum(operatorRoles),
  companyId: callersId.nullable().meta({ description: 'Null: every company.' }),
}
export const operatorSchema = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    ...operatorFields,
    hasPassword: z.boolean().meta({ description: 'False until the operator has set one.' }),
    createdBy: z.string(),
    createdAt: instantOut,
    lastSeenAt: instantOut
      .optional()
      .meta({ description: 'When a session of theirs was last used, to the minute; left out when they have none.' }),
  })
  .meta({ id: 'Operator' })

export const passwordLinkSchema = z
  .strictObject({
    url: z.string().meta({ description: 'For the operator alone; shown once. It sets their password, once.' }),
    expiresAt: instantOut,
  })
  .meta({ id: 'PasswordLink' })

/** An operator as they are shown to whoever manages them. */
export function shownOperator({ createdAt, lastSeenAt, ...operator }: Operator): z.input<typeof operatorSchema> {
  return {
    ...operator,
    createdAt: isoOrNone(createdAt) ?? '',
    ...(lastSeenAt !== null && { lastSeenAt: isoOrNone(lastSeenAt) }),
  }
}
