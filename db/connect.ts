import knex, { type Knex } from 'knex'
import pg from 'pg'

/** How the process is to use the database. */
export interface ConnectOptions {
  /** Connections at most; 10 without it. Leave room in `max_connections` for every process. */
  poolSize?: number
  /** What `pg_stat_activity` shows. */
  applicationName?: string
}

const silent = () => {}
const poolWaitMs = 5_000
const statementMs = 15_000
/** A process that froze in a transaction holds its route's lock for no longer than this. */
const idleInTransactionMs = 15_000

/**
 * A pool of connections on which a `timestamptz` is read as an Instant, a `date` as `YYYY-MM-DD` and a `bigint` as a
 * number. Connects on first use: a database that is away shows as an error of the first query (see `isDatabaseAway`),
 * within about 5 seconds. End it with `destroy()`.
 *
 * A connection that dies while idle is noticed by the pool, thrown away and replaced; it never ends the process.
 */
export function connectDatabase(url: string, options: ConnectOptions = {}): Knex {
  return knex({
    client: 'pg',
    connection: { ...clientSettings(url, options.applicationName), types: typeParsers() } as Knex.PgConnectionConfig,
    pool: { min: 0, max: options.poolSize ?? 10 },
    acquireConnectionTimeout: poolWaitMs,
    // What a failed statement was bound to is not put into the words of its error.
    compileSqlOnError: false,
    // What knex would print reaches the caller as an error, who logs it as the process logs everything.
    log: { warn: silent, error: silent, deprecate: silent, debug: silent },
  })
}

/** Settings of one connection, for the pool and for the dedicated listener. */
export function clientSettings(url: string, applicationName = 'dispatch-notifications'): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: poolWaitMs,
    keepAlive: true,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  }
}

/** Of this pool only: other users of pg in the process keep its own parsers. */
function typeParsers(): pg.TypeOverrides {
  const { builtins, getTypeParser } = pg.types
  const parseTimestamp = getTypeParser(builtins.TIMESTAMPTZ) as (text: string) => Date | number
  const types = new pg.TypeOverrides(pg.types)
  types.setTypeParser(builtins.TIMESTAMPTZ, (text) => Number(parseTimestamp(text)))
  types.setTypeParser(builtins.DATE, (text) => text)
  types.setTypeParser(builtins.INT8, Number)
  return types
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // The Unix socket of a server that is not running.
])

/** Class 08 connection exceptions, 53 out of resources, 57P0x shut down or starting up, 25P0x ended by a time limit. */
const awayStates = /^(08...|53...|57P0.|25P03|25P04)$/

/** Sentences of pg and knex, which give these errors no code. */
const awaySentences =
  /connection terminated|timeout expired|not queryable|client was closed|connection error|unable to acquire a connection|timeout acquiring a connection|server closed the connection|connection ended/i

/** What an error may tell of itself; an error of Node's own is no `instanceof Error` in every context. */
interface Clues {
  name?: unknown
  message?: unknown
  code?: unknown
  syscall?: unknown
  cause?: unknown
  errors?: unknown
}

/** Whether the database could not be reached or went away, so that the same call may succeed later (HTTP 503). */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { name, message, code, syscall, cause, errors } = error as Clues
  if (name === 'KnexTimeoutError') return true
  if (code === 'ENOENT') return syscall === 'connect'
  if (typeof code === 'string' && (networkCodes.has(code) || awayStates.test(code))) return true
  if (typeof message === 'string' && code === undefined && awaySentences.test(message)) return true
  // A host of several addresses gives one error for each.
  return (Array.isArray(errors) && errors.some(isDatabaseAway)) || isDatabaseAway(cause)
}

/** Whether a statement was refused by this unique index. Inside a transaction it has to run in a savepoint. */
export function violates(error: unknown, index: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === index
}
