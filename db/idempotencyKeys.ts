import { type Database, row, rows } from './sql'

export interface IdempotentRequest {
  apiKeyId: string
  /** The `Idempotency-Key` of the request. */
  key: string
  method: string
  path: string
  bodyHash: Buffer
}

export type IdempotencyState =
  /** Nobody has done this yet: do it, then `finish` or `abandon`. */
  | { state: 'new' }
  /** Done before: give this answer again. */
  | { state: 'replay'; status: number; response: unknown }
  /** The key belongs to another request. */
  | { state: 'reused' }
  /** The first request with the key is still running. */
  | { state: 'in_progress' }

type KeyOwner = Pick<IdempotentRequest, 'apiKeyId' | 'key'>

const thisKey = 'api_key_id = :apiKeyId AND key = :key'

/**
 * Claims the key for the request, or says what became of it. Of requests at once exactly one is `new`. A claim that is
 * not held (`holdIdempotent`) lapses after 10 seconds: its process has died, and the next request takes over and is `new`.
 * Call it outside the request's own transaction, whose rollback would forget the claim.
 */
export async function beginIdempotent(db: Database, request: IdempotentRequest): Promise<IdempotencyState> {
  const claimed = await rows(
    db,
    `INSERT INTO idempotency_keys AS i (api_key_id, key, method, path, body_hash)
     VALUES (:apiKeyId, :key, :method, :path, :bodyHash)
     ON CONFLICT (api_key_id, key) DO UPDATE SET created_at = now()
       WHERE i.status IS NULL AND i.created_at < now() - interval '10 seconds'
         AND i.method = excluded.method AND i.path = excluded.path AND i.body_hash = excluded.body_hash
     RETURNING key`,
    { ...request },
  )
  if (claimed.length > 0) return { state: 'new' }
  const first = await row<{ same: boolean; status: number | null; response: unknown }>(
    db,
    `SELECT method = :method AND path = :path AND body_hash = :bodyHash AS same, status, response
     FROM idempotency_keys WHERE ${thisKey}`,
    { ...request },
  )
  // Abandoned or swept since the claim: the caller's next try claims it.
  if (first === null) return { state: 'in_progress' }
  if (!first.same) return { state: 'reused' }
  if (first.status === null) return { state: 'in_progress' }
  return { state: 'replay', status: first.status, response: first.response }
}

/** Says that the request is still being handled, so that its claim does not lapse. */
export async function holdIdempotent(db: Database, { apiKeyId, key }: KeyOwner): Promise<void> {
  await rows(db, `UPDATE idempotency_keys SET created_at = now() WHERE ${thisKey} AND status IS NULL`, {
    apiKeyId,
    key,
  })
}

/** Keeps the answer for repeats; the first one stays. `response` is the JSON body, null for none. */
export async function finishIdempotent(
  db: Database,
  { apiKeyId, key }: KeyOwner,
  answer: { status: number; response: unknown },
): Promise<void> {
  await rows(
    db,
    `UPDATE idempotency_keys SET status = :status, response = :response WHERE ${thisKey} AND status IS NULL`,
    { apiKeyId, key, status: answer.status, response: JSON.stringify(answer.response ?? null) },
  )
}

/** Frees the key of a request that did nothing (it failed), so that a repeat is tried in earnest. */
export async function abandonIdempotent(db: Database, { apiKeyId, key }: KeyOwner): Promise<void> {
  await rows(db, `DELETE FROM idempotency_keys WHERE ${thisKey} AND status IS NULL`, { apiKeyId, key })
}

/** Forgets keys older than so many milliseconds; gives how many. */
export async function sweepIdempotencyKeys(db: Database, olderThanMs: number): Promise<number> {
  const gone = await rows(
    db,
    `DELETE FROM idempotency_keys
     WHERE created_at < now() - CAST(:olderThanMs AS double precision) * interval '1 millisecond' RETURNING 1`,
    { olderThanMs },
  )
  return gone.length
}
