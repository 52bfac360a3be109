import type { Knex } from 'knex'

/** What a person told a customer by phone, since no message did: shown in the explanation of the stop, sent to nobody. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Append-only.
    CREATE TABLE told_by_phone (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      company_id text NOT NULL,
      route_id text NOT NULL,
      stop_id text NOT NULL,
      contract_number text NOT NULL,
      event text NOT NULL CHECK (event IN ('confirmed', 'arrived', 'departed', 'updated', 'cancelled')),
      -- By the engine's clock.
      told_at timestamptz NOT NULL,
      -- The name at that time of who told, and the key or the operator.
      told_by text NOT NULL,
      key_id text NOT NULL,
      FOREIGN KEY (company_id, route_id, stop_id) REFERENCES stops ON DELETE CASCADE
    );
    CREATE INDEX told_by_phone_of_stop ON told_by_phone (company_id, route_id, stop_id, id);
    CREATE TRIGGER told_by_phone_announce_insert AFTER INSERT ON told_by_phone
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_notifications();
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0020_told_by_phone cannot be undone: restore the database from its backup instead.')
}
