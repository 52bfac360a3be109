import type { Knex } from 'knex'

/** What an explanation needs besides the facts of today: every decision as it was made, and who changed a route when. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Append-only: a notification holds its last decision alone.
    CREATE TABLE notification_decisions (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
      -- By the engine's clock.
      at timestamptz NOT NULL,
      status text NOT NULL,
      reason text,
      planned_at timestamptz,
      decision jsonb NOT NULL,
      settings_version integer NOT NULL,
      window_start timestamptz,
      window_end timestamptz
    );
    CREATE INDEX notification_decisions_in_order ON notification_decisions (notification_id, id);
    INSERT INTO notification_decisions (notification_id, at, status, reason, planned_at, decision, settings_version,
        window_start, window_end)
      SELECT id, created_at, status, reason, planned_at, decision, settings_version, window_start, window_end
      FROM notifications ORDER BY sequence;

    -- Append-only: every status that a route has had.
    CREATE TABLE route_changes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      company_id text NOT NULL,
      route_id text NOT NULL,
      at timestamptz NOT NULL,
      status text NOT NULL CHECK (status IN ('planned', 'confirmed', 'in_progress', 'completed', 'cancelled')),
      -- The name of the key; null for what the engine found by itself.
      changed_by text,
      FOREIGN KEY (company_id, route_id) REFERENCES routes ON DELETE CASCADE
    );
    CREATE INDEX route_changes_in_order ON route_changes (company_id, route_id, id);
    INSERT INTO route_changes (company_id, route_id, at, status)
      SELECT company_id, route_id, confirmed_at, 'confirmed' FROM routes WHERE confirmed_at IS NOT NULL;

    -- A person asked for this revision, because the one before it had not arrived.
    ALTER TABLE notifications
      ADD COLUMN resend_of uuid REFERENCES notifications ON DELETE CASCADE,
      ADD COLUMN resent_at timestamptz,
      ADD COLUMN resend_reason text,
      ADD COLUMN resent_by text,
      ADD CHECK (num_nulls(resend_of, resent_at, resend_reason, resent_by) IN (0, 4));
    -- Each is sent again once; what came of that can be sent again in its turn.
    CREATE UNIQUE INDEX notifications_resent ON notifications (resend_of) WHERE resend_of IS NOT NULL;
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0003_explanations cannot be undone: restore the database from its backup instead.')
}
