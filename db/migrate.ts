import type { Knex } from 'knex'
import * as foundation from './migrations/0001_foundation'
import * as dispatchTasks from './migrations/0002_dispatch_tasks'
import * as explanations from './migrations/0003_explanations'
import * as handOffs from './migrations/0004_hand_offs'
import * as guard from './migrations/0005_guard'
import * as erasure from './migrations/0006_erasure'
import * as undecidedTexts from './migrations/0007_undecided_texts'
import * as operators from './migrations/0010_operators'
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
]

interface NamedMigration {
  name: string
  migration: Knex.Migration
}

const migrationSource: Knex.MigrationSource<NamedMigration> = {
  getMigrations: async () => migrations,
  getMigrationName: ({ name }) => name,
  getMigration: async ({ migration }) => migration,
}

/** Any number: the lock of everyone who migrates this database. */
const migrationLock = 7_271_901

/**
 * Brings the database to this program's schema and gives the names of the migrations that ran. All of them commit
 * together or none does. Processes that start at once wait for each other here (knex's own lock would make all but one
 * fail), so the later ones find nothing left to do.
 */
export async function migrate(db: Database): Promise<string[]> {
  return db.transaction(async (trx) => {
    // Waiting for another process, or building an index, may take longer than any statement of a request.
    await trx.raw('SET LOCAL statement_timeout = 0')
    await trx.raw('SET LOCAL idle_in_transaction_session_timeout = 0')
    await rows(trx, 'SELECT pg_advisory_xact_lock(:migrationLock)', { migrationLock })
    const [, names] = (await trx.migrate.latest({ migrationSource })) as [number, string[]]
    return names
  })
}

/** Names of the migrations that this program needs and the database has not had; empty when it is ready. Writes nothing. */
export async function migrationsPending(db: Database): Promise<string[]> {
  const table = await row<{ exists: boolean }>(db, `SELECT to_regclass('knex_migrations') IS NOT NULL AS exists`)
  const done = table?.exists ? await rows<{ name: string }>(db, 'SELECT name FROM knex_migrations') : []
  const names = new Set(done.map(({ name }) => name))
  return migrations.map(({ name }) => name).filter((name) => !names.has(name))
}
