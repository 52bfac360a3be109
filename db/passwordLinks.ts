import type { Instant } from '../domain/words'
import { type Database, row, rows, timestamp } from './sql'

/** Keeps a link by which the operator may set a password, once and until then; the one before ends. */
export async function putPasswordLink(
  db: Database,
  operatorId: string,
  tokenHash: Buffer,
  expiresAt: Instant,
): Promise<void> {
  await rows(
    db,
    `INSERT INTO password_links (operator_id, token_hash, expires_at) VALUES (:operatorId, :tokenHash, :expiresAt)
     ON CONFLICT (operator_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
    { operatorId, tokenHash, expiresAt: timestamp(expiresAt) },
  )
}

/** Uses a link up and gives whose it was; null when there is none or its time has passed. */
export async function takePasswordLink(db: Database, tokenHash: Buffer, now: Instant): Promise<string | null> {
  const taken = await row<{ operatorId: string }>(
    db,
    `DELETE FROM password_links WHERE token_hash = :tokenHash AND expires_at > :now RETURNING operator_id AS "operatorId"`,
    { tokenHash, now: timestamp(now) },
  )
  return taken?.operatorId ?? null
}
