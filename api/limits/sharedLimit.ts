import type { Knex } from 'knex'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, RLWrapperTimeouts } from 'rate-limiter-flexible'
import { forgetOver } from './forgetOver'

interface LimitOptions {
  /** Stands before each key in the table. */
  name: string
  /** How much is within the limit. */
  points: number
  /** Of the window, which begins with the first count. */
  seconds: number
}

/** How a key stands with its limit, over all processes. */
export interface Standing {
  counted: number
  /** Until the window ends. */
  windowMs: number
  /** Zero while within the limit. */
  waitMs: number
}

/** A count that all API processes share. */
export interface SharedLimit extends LimitOptions {
  /** How long the key has to wait, as far as this process knows: from memory, so that an attack costs no statements. */
  waitMs(key: string): number
  /** Adds to the count of the key. Never throws: without a database, or when it is slow, the process counts by itself. */
  count(key: string, points?: number): Promise<Standing>
  /** Forgets what was counted of the key. Never throws. */
  forget(key: string): Promise<void>
}

/** Longer than a statement of a healthy database takes, and nothing that a caller notices. */
const patienceMs = 500
/** So many are remembered at most: a process that is attacked from everywhere must not run out of memory. */
const mostBlocked = 10_000

/** Counts in PostgreSQL by rate-limiter-flexible; who is over the limit is remembered here. */
export function createSharedLimit(db: Knex, options: LimitOptions): SharedLimit {
  const { name, points, seconds } = options
  const common = { keyPrefix: name, points, duration: seconds }
  const stored = new RateLimiterPostgres({
    ...common,
    storeClient: db,
    storeType: 'knex',
    tableName: 'rate_limits',
    tableCreated: true,
    insuranceLimiter: new RateLimiterMemory(common),
  })
  const limiter = new RLWrapperTimeouts({ limiter: stored, timeoutMs: patienceMs })
  const blockedUntil = new Map<string, number>()

  function block(key: string, waitMs: number): void {
    forgetOver(blockedUntil, mostBlocked)
    blockedUntil.set(key, Date.now() + waitMs)
  }

  return {
    ...options,
    waitMs: (key) => Math.max(0, (blockedUntil.get(key) ?? 0) - Date.now()),
    async count(key, added = 1) {
      const result = await limiter.consume(key, added).catch((refused: unknown) => refused)
      if (!(result instanceof RateLimiterRes)) return { counted: 0, windowMs: seconds * 1_000, waitMs: 0 }
      const { consumedPoints: counted, msBeforeNext: windowMs } = result
      // The next one would be over.
      if (counted >= points) block(key, windowMs)
      return { counted, windowMs, waitMs: counted > points ? windowMs : 0 }
    },
    async forget(key) {
      blockedUntil.delete(key)
      await limiter.delete(key).catch(() => false)
    },
  }
}
