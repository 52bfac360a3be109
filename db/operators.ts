import type { Instant } from '../domain/words'
import { violates } from './connect'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { type Database, row, rows, theRow, timestamp, where } from './sql'

/** What an operator may be; `driver` is for keys and links. */
export const operatorRoles = ['admin', 'dispatch', 'viewer'] as const
export type OperatorRole = (typeof operatorRoles)[number]

/** A person who signs in. */
export interface Operator {
  id: string
  /** In lower case. */
  email: string
  name: string
  role: OperatorRole
  /** Null: every company. */
  companyId: string | null
  /** Whether a password has been set: without one only OpenID Connect lets them in. */
  hasPassword: boolean
  createdBy: string
  createdAt: Instant
  /** When a session of theirs was last used; null when they have none. */
  lastSeenAt: Instant | null
}

export type NewOperator = Pick<Operator, 'id' | 'email' | 'name' | 'role' | 'companyId' | 'createdBy'>

const columns = `id, email, name, role, company_id AS "companyId", password_hash IS NOT NULL AS "hasPassword",
  created_by AS "createdBy", created_at AS "createdAt",
  (SELECT max(used_at) FROM operator_sessions WHERE operator_id = operators.id) AS "lastSeenAt"`

/** Stores a new operator, who has no password yet; null when somebody has that email. */
export async function insertOperator(db: Database, operator: NewOperator): Promise<Operator | null> {
  try {
    return await db.transaction((trx) =>
      theRow<Operator>(
        trx,
        `INSERT INTO operators (id, email, name, role, company_id, created_by)
         VALUES (:id, :email, :name, :role, :companyId, :createdBy) RETURNING ${columns}`,
        { ...operator },
      ),
    )
  } catch (error) {
    if (violates(error, 'operators_email_key')) return null
    throw error
  }
}

/** The operator, or null. */
export async function getOperator(db: Database, id: string): Promise<Operator | null> {
  return row<Operator>(db, `SELECT ${columns} FROM operators WHERE id = :id`, { id })
}

/** The operator with that email (in lower case) and the hash of their password, or null. */
export async function findOperatorByEmail(
  db: Database,
  email: string,
): Promise<(Operator & { passwordHash: string | null }) | null> {
  return row(db, `SELECT ${columns}, password_hash AS "passwordHash" FROM operators WHERE email = :email`, { email })
}

/** Operators, oldest first: of one company, or all with `companyId: null`. */
export async function listOperators(
  db: Database,
  { companyId, limit, after }: PageRequest & { companyId: string | null },
): Promise<Page<Operator>> {
  const key = readCursor<[number, string]>(after, cursorParts.instant, cursorParts.text)
  const conditions = where(
    'true',
    companyId !== null && 'company_id = :companyId',
    key !== null && '(created_at, id) > (CAST(:afterAt AS timestamptz), :afterId)',
  )
  const found = await rows<Operator>(
    db,
    `SELECT ${columns} FROM operators ${conditions} ORDER BY created_at, id LIMIT :fetched`,
    { companyId, afterAt: timestamp(key?.[0]), afterId: key?.[1] ?? null, fetched: limit + 1 },
  )
  return pageOf(found, limit, ({ createdAt, id }) => [createdAt, id])
}

/** Replaces name, role and company. */
export async function updateOperator(
  db: Database,
  { id, name, role, companyId }: Pick<Operator, 'id' | 'name' | 'role' | 'companyId'>,
): Promise<Operator> {
  return theRow<Operator>(
    db,
    `UPDATE operators SET name = :name, role = :role, company_id = :companyId WHERE id = :id RETURNING ${columns}`,
    { id, name, role, companyId },
  )
}

/** Sets the password, as its hash. */
export async function setPasswordHash(db: Database, id: string, passwordHash: string): Promise<void> {
  await rows(db, 'UPDATE operators SET password_hash = :passwordHash WHERE id = :id', { id, passwordHash })
}

/** Forgets the operator, their sessions and their link. */
export async function deleteOperator(db: Database, id: string): Promise<void> {
  await rows(db, 'DELETE FROM operators WHERE id = :id', { id })
}
