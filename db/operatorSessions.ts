import type { Instant } from '../domain/words'
import type { Operator } from './operators'
import { type Database, row, rows, timestamp } from './sql'

/** How long a session lasts, in milliseconds: since it was last used, and in all. */
export const sessionMs = { idle: 12 * 3_600_000, most: 7 * 24 * 3_600_000 }

/** An operator as a session of theirs shows them. */
export type SignedIn = Pick<Operator, 'id' | 'email' | 'name' | 'role' | 'companyId'> & { usedAt: Instant }

/** Begins a session, and forgets those of everybody that are over. */
export async function beginSession(db: Database, operatorId: string, tokenHash: Buffer, now: Instant): Promise<void> {
  await rows(
    db,
    `WITH over AS (DELETE FROM operator_sessions WHERE used_at <= :idleSince OR created_at <= :begunBefore)
     INSERT INTO operator_sessions (token_hash, operator_id, created_at, used_at) VALUES (:tokenHash, :operatorId, :now, :now)`,
    { operatorId, tokenHash, now: timestamp(now), ...oldest(now) },
  )
}

/** Whose session it is, or null when there is none or it is over. */
export async function findSession(db: Database, tokenHash: Buffer, now: Instant): Promise<SignedIn | null> {
  return row<SignedIn>(
    db,
    `SELECT o.id, o.email, o.name, o.role, o.company_id AS "companyId", s.used_at AS "usedAt"
     FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
     WHERE s.token_hash = :tokenHash AND s.used_at > :idleSince AND s.created_at > :begunBefore`,
    { tokenHash, ...oldest(now) },
  )
}

/** Notes that the session is in use. */
export async function touchSession(db: Database, tokenHash: Buffer, now: Instant): Promise<void> {
  await rows(db, 'UPDATE operator_sessions SET used_at = :now WHERE token_hash = :tokenHash AND used_at < :now', {
    tokenHash,
    now: timestamp(now),
  })
}

/** Ends one session. */
export async function endSession(db: Database, tokenHash: Buffer): Promise<void> {
  await rows(db, 'DELETE FROM operator_sessions WHERE token_hash = :tokenHash', { tokenHash })
}

/** Ends every session of the operator. */
export async function endSessionsOf(db: Database, operatorId: string): Promise<void> {
  await rows(db, 'DELETE FROM operator_sessions WHERE operator_id = :operatorId', { operatorId })
}

function oldest(now: Instant) {
  return { idleSince: timestamp(now - sessionMs.idle), begunBefore: timestamp(now - sessionMs.most) }
}
