import type { Knex } from 'knex'

/** Equal texts to one number of which nobody knows what became are looked for by their number, whosever they are. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX notifications_undecided ON notifications (address) WHERE status IN ('sending', 'unknown');
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0007_undecided_texts cannot be undone: restore the database from its backup instead.')
}
