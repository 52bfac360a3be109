import type { Actor, AuditAction, AuditChange } from '../domain/audit'
import type { Instant } from '../domain/words'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { type Database, rows, timestamp, where } from './sql'

export interface NewAuditEntry {
  /** Null for what belongs to no company. */
  companyId: string | null
  by: Actor
  action: AuditAction
  /** The id of what was changed; of a stop with its route's, `R-1/S-2`. */
  subject: string
  changes?: readonly AuditChange[]
}

export interface AuditEntry extends Required<NewAuditEntry> {
  id: number
  at: Instant
}

/** The columns of an entry that a statement of its own change may write along. */
export const auditColumns = 'company_id, key_id, key_name, action, subject, changes'

/** Appends an entry, in the transaction of the change that it tells of: neither is there without the other. */
export async function recordAudit(
  trx: Database,
  { companyId, by, action, subject, changes = [] }: NewAuditEntry,
): Promise<void> {
  await rows(
    trx,
    `INSERT INTO audit_entries (${auditColumns})
     VALUES (:companyId, :keyId, :keyName, :action, :subject, CAST(:changes AS jsonb))`,
    { companyId, keyId: by.keyId, keyName: by.name, action, subject, changes: JSON.stringify(changes) },
  )
}

export interface AuditFilter extends PageRequest {
  /** From this moment on. */
  from?: Instant | undefined
  /** Before this one. */
  to?: Instant | undefined
}

/** Who changed what: of one company, or of all with null; the latest first. */
export async function listAudit(
  db: Database,
  companyId: string | null,
  { from, to, limit, after }: AuditFilter,
): Promise<Page<AuditEntry>> {
  const key = readCursor<[number]>(after, cursorParts.integer)
  const conditions = where(
    'true',
    companyId !== null && 'company_id = :companyId',
    from !== undefined && 'at >= :from',
    to !== undefined && 'at < :to',
    key !== null && 'id < :before',
  )
  const found = await rows<Omit<AuditEntry, 'by'> & { keyId: string; name: string }>(
    db,
    `SELECT id, company_id AS "companyId", at, key_id AS "keyId", key_name AS name, action, subject, changes
     FROM audit_entries ${conditions} ORDER BY id DESC LIMIT :fetched`,
    { companyId, from: timestamp(from), to: timestamp(to), before: key?.[0] ?? null, fetched: limit + 1 },
  )
  const entries = found.map(({ keyId, name, ...entry }) => ({ ...entry, by: { keyId, name } }))
  return pageOf(entries, limit, ({ id }) => [id])
}
