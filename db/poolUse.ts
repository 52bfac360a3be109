import type { Knex } from 'knex'

/** tarn's pool, as knex holds it. */
interface Pool {
  numUsed(): number
  numFree(): number
  numPendingAcquires(): number
}

/** How many connections of the pool are in use and idle, and how many callers wait for one. */
export function poolUse(db: Knex): { used: number; idle: number; waiting: number } {
  const pool: Pool | undefined = db.client.pool
  return {
    used: pool?.numUsed() ?? 0,
    idle: pool?.numFree() ?? 0,
    waiting: pool?.numPendingAcquires() ?? 0,
  }
}
