import type { Instant } from '../domain/words'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { type Database, row, rows, theRow, timestamp, where } from './sql'

export const roles = ['admin', 'dispatch', 'viewer', 'driver'] as const
export type Role = (typeof roles)[number]

/** A key without its secret, of which only the hash is stored. */
export interface ApiKey {
  id: string
  name: string
  role: Role
  /** Null for an admin of every company. */
  companyId: string | null
  createdBy: string
  createdAt: Instant
  revokedAt: Instant | null
  /** To the minute. */
  lastUsedAt: Instant | null
}

export interface NewApiKey {
  id: string
  name: string
  role: Role
  companyId: string | null
  secretHash: Buffer
  createdBy: string
}

const columns = `id, name, role, company_id AS "companyId", created_by AS "createdBy", created_at AS "createdAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`

/** Stores a new key. An unknown company is refused by a foreign key (SQLSTATE 23503). */
export async function insertApiKey(db: Database, key: NewApiKey): Promise<ApiKey> {
  return theRow<ApiKey>(
    db,
    `INSERT INTO api_keys (id, name, role, company_id, secret_hash, created_by)
     VALUES (:id, :name, :role, :companyId, :secretHash, :createdBy) RETURNING ${columns}`,
    { ...key },
  )
}

/** The key with that hash, revoked or not; or null. */
export async function findApiKeyByHash(db: Database, secretHash: Buffer): Promise<ApiKey | null> {
  return row<ApiKey>(db, `SELECT ${columns} FROM api_keys WHERE secret_hash = :secretHash`, { secretHash })
}

/** The key, revoked or not; or null. */
export async function getApiKey(db: Database, id: string): Promise<ApiKey | null> {
  return row<ApiKey>(db, `SELECT ${columns} FROM api_keys WHERE id = :id`, { id })
}

/** Keys that are not revoked, oldest first: of one company, or all with `companyId: null`. */
export async function listApiKeys(
  db: Database,
  { companyId, limit, after }: PageRequest & { companyId: string | null },
): Promise<Page<ApiKey>> {
  const key = readCursor<[number, string]>(after, cursorParts.instant, cursorParts.text)
  const conditions = where(
    'revoked_at IS NULL',
    companyId !== null && 'company_id = :companyId',
    key !== null && '(created_at, id) > (CAST(:afterAt AS timestamptz), :afterId)',
  )
  const found = await rows<ApiKey>(
    db,
    `SELECT ${columns} FROM api_keys ${conditions} ORDER BY created_at, id LIMIT :fetched`,
    { companyId, afterAt: timestamp(key?.[0]), afterId: key?.[1] ?? null, fetched: limit + 1 },
  )
  return pageOf(found, limit, ({ createdAt, id }) => [createdAt, id])
}

/** Revokes the key for good; false when there is none that is still valid. */
export async function revokeApiKey(db: Database, id: string): Promise<boolean> {
  const revoked = await rows(
    db,
    'UPDATE api_keys SET revoked_at = now() WHERE id = :id AND revoked_at IS NULL RETURNING id',
    { id },
  )
  return revoked.length > 0
}

/** Notes that the key is in use; writes at most once a minute, so that a busy key is no busy row. */
export async function touchApiKey(db: Database, id: string): Promise<void> {
  await rows(
    db,
    `UPDATE api_keys SET last_used_at = now()
     WHERE id = :id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    { id },
  )
}
