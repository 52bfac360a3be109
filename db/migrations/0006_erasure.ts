import type { Knex } from 'knex'

/** Personal data that has been erased: routes whose time is up, and the notifications of somebody who asked for it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A route is erased as a whole, when it is older than the company keeps personal data; the engine leaves it alone then.
    ALTER TABLE routes ADD COLUMN erased_at timestamptz;
    CREATE INDEX routes_to_erase ON routes (company_id, service_date, route_id)
      WHERE erased_at IS NULL AND status IN ('completed', 'cancelled');

    -- Its address is a random word since then, so that the unique key still holds.
    ALTER TABLE notifications ADD COLUMN erased_at timestamptz;

    -- Also for what is stored of one address, not only for what the provider has of it.
    DROP INDEX notifications_taken_by_provider;
    CREATE INDEX notifications_by_address ON notifications (address);

    ALTER TABLE task_runs ADD COLUMN routes_erased integer NOT NULL DEFAULT 0;
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0006_erasure cannot be undone: restore the database from its backup instead.')
}
