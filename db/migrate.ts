import { setTimeout as delay } from 'node:timers/promises'
import type { Knex } from 'knex'
import * as foundation from './migrations/0001_foundation'
import * as dispatchTasks from './migrations/0002_dispatch_tasks'
import * as explanations from './migrations/0003_explanations'
import * as handOffs from './migrations/0004_hand_offs'
import * as guard from './migrations/0005_guard'
import * as erasure from './migrations/0006_erasure'
import * as undecidedTexts from './migrations/0007_undecided_texts'
import * as operators from './migrations/0010_operators'
import * as providerTests from './migrations/0013_provider_tests'
import * as toldByPhone from './migrations/0020_told_by_phone'
import * as contractSearch from './migrations/0021_contract_search'
import { type Database, row, rows } from './sql'

/**
 * Every migration, oldest first. Named here rather than read from the folder, so that the compiled program and the
 * TypeScript one agree on the names that the database remembers. Never edit or reorder one that has been released.
 */
const migrations: NamedMigration[] = [
  { name: '0001_foundation', migration: foundation },
  { name: '0002_dispatch_tasks', migration: dispatchTasks },
  { name: '0003_explanations', migration: explanations },
  { name: '0004_hand_offs', migration: handOffs },
  { name: '0005_guard', migration: guard },
  { name: '0006_erasure', migration: erasure },
  { name: '0007_undecided_texts', migration: undecidedTexts },
  { name: '0010_operators', migration: operators },
  { name: '0013_provider_tests', migration: providerTests },
  { name: '0020_told_by_phone', migration: toldByPhone },
  { name: '0021_contract_search', migration: contractSearch },
]

interface NamedMigration {
  name: string
  migration: Knex.Migration
}

function sourceOf(chosen: NamedMigration[]): Knex.MigrationSource<NamedMigration> {
  return {
    getMigrations: async () => chosen,
    getMigrationName: ({ name }) => name,
    getMigration: async ({ migration }) => migration,
  }
}

/** Any number: the lock of everyone who migrates this database. */
const migrationLock = 7_271_901

/**
 * How long the migrations wait for a lock, and with them everybody who asks for that table after them. Less than
 * PostgreSQL's deadlock_timeout of 1 s: of a migration and a process that wait for each other the migration gives up.
 */
const lockWait = '500ms'
const lockTries = 60
const pauseMs = 500

/**
 * Brings the database to this program's schema and gives the names of the migrations that ran. All of them commit
 * together or none does. Processes that start at once wait for each other here (knex's own lock would make all but one
 * fail), so the later ones find nothing left to do.
 *
 * Older processes go on working meanwhile. They wait while the migrations run, which have every table to themselves from
 * the beginning: who took one table after another would deadlock with them. What is not had within half a second is given
 * up, so that those who queue behind it go on, and asked for again.
 *
 * @param last the last one to run, by its name; all of them without it
 * @throws Error when a transaction holds a lock for a minute
 */
export async function migrate(db: Database, last?: string): Promise<string[]> {
  for (let tried = 1; ; tried++) {
    try {
      return await migrateOnce(db, last)
    } catch (error) {
      if (!isLockTimeout(error)) throw error
      if (tried === lockTries)
        throw new Error(
          `The migrations got no lock within ${lockWait}, ${lockTries} times: a long transaction holds one. ` +
            'Find it in pg_stat_activity, end it, and run them again. Nothing has changed.',
          { cause: error },
        )
      await delay(pauseMs)
    }
  }
}

async function migrateOnce(db: Database, last: string | undefined): Promise<string[]> {
  return db.transaction(async (trx) => {
    // Waiting for another process, or building an index, may take longer than any statement of a request.
    await trx.raw('SET LOCAL statement_timeout = 0')
    await trx.raw('SET LOCAL idle_in_transaction_session_timeout = 0')
    await rows(trx, 'SELECT pg_advisory_xact_lock(:migrationLock)', { migrationLock })
    if ((await migrationsPending(trx)).length === 0) return []
    // Only now: another process that migrates may be waited for.
    await trx.raw(`SET LOCAL lock_timeout = '${lockWait}'`)
    await lockEveryTable(trx)
    const [, names] = (await trx.migrate.latest({ migrationSource: sourceOf(upTo(last)) })) as [number, string[]]
    return names
  })
}

async function lockEveryTable(trx: Database): Promise<void> {
  const tables = await rows<{ name: string }>(
    trx,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1`,
  )
  if (tables.length > 0)
    await trx.raw(`LOCK TABLE ${tables.map(({ name }) => name).join(', ')} IN ACCESS EXCLUSIVE MODE`)
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03'
}

function upTo(last: string | undefined): NamedMigration[] {
  if (last === undefined) return migrations
  const end = migrations.findIndex(({ name }) => name === last)
  if (end === -1)
    throw new Error(`There is no migration "${last}"; there are ${migrations.map(({ name }) => name).join(', ')}.`)
  return migrations.slice(0, end + 1)
}

/** Names of the migrations that this program needs and the database has not had; empty when it is ready. Writes nothing. */
export async function migrationsPending(db: Database): Promise<string[]> {
  const table = await row<{ exists: boolean }>(db, `SELECT to_regclass('knex_migrations') IS NOT NULL AS exists`)
  const done = table?.exists ? await rows<{ name: string }>(db, 'SELECT name FROM knex_migrations') : []
  const names = new Set(done.map(({ name }) => name))
  return migrations.map(({ name }) => name).filter((name) => !names.has(name))
}
