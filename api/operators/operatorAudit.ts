import { recordAudit } from '../../db/audit'
import type { Operator } from '../../db/operators'
import type { Database } from '../../db/sql'
import { type AuditAction, type AuditChange, type AuditedFields, Hidden } from '../../domain/audit'
import type { Caller } from '../auth/caller'

/** An operator's fields as entries of the audit have them: everything but the email. */
export function auditedFields({ email, name, role, companyId }: Operator): AuditedFields {
  return { email: new Hidden(email), name, role, companyId }
}

/** Notes what the caller has done to an operator. */
export function auditOperator(
  trx: Database,
  by: Caller,
  { id, companyId }: Operator,
  action: AuditAction,
  changes: readonly AuditChange[] = [],
): Promise<void> {
  return recordAudit(trx, { companyId, by, action, subject: id, changes })
}
