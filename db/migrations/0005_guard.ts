import type { Knex } from 'knex'

/** Who changed what, and how often callers have called: what keeps the API for those who belong there. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Who changed what. Written in the transaction of the change; holds ids and plain values, never a name, an address or a
    -- secret of anybody. It outlives what it speaks of, so nothing is referred to.
    CREATE TABLE audit_entries (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      -- Null for what belongs to no company.
      company_id text,
      -- Whole milliseconds, as an Instant.
      at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
      key_id text NOT NULL,
      key_name text NOT NULL,
      action text NOT NULL,
      -- The id of what was changed; of a stop with its route's: R-1/S-2.
      subject text NOT NULL,
      changes jsonb NOT NULL DEFAULT '[]'
    );
    CREATE INDEX audit_entries_of_company ON audit_entries (company_id, id DESC);

    CREATE FUNCTION refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'The audit log is append-only: % is refused.', TG_OP;
      END $$;
    CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_forget();

    -- What rate-limiter-flexible counts, for all processes together. Unlogged: after a crash everybody starts anew.
    CREATE UNLOGGED TABLE rate_limits (
      key varchar(255) PRIMARY KEY,
      points integer NOT NULL DEFAULT 0,
      -- Milliseconds since 1970.
      expire bigint
    );
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0005_guard cannot be undone: restore the database from its backup instead.')
}
