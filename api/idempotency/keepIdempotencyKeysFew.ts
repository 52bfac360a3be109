import type { Knex } from 'knex'
import type { Logger } from 'pino'
import { sweepIdempotencyKeys } from '../../db/idempotencyKeys'

const hourMs = 3_600_000
/** So long a caller may repeat a request by its key. */
const keptMs = 24 * hourMs

/** Forgets, once an hour, the keys that nobody will repeat any more. Ends with the function that it gives. */
export function keepIdempotencyKeysFew(db: Knex, log: Logger): () => void {
  const timer = setInterval(() => {
    sweepIdempotencyKeys(db, keptMs).catch((err: unknown) => log.warn({ err }, 'Old idempotency keys were not swept'))
  }, hourMs)
  return () => clearInterval(timer)
}
