import type { Knex } from 'knex'

/** What the vendors of the trucks' devices were told of routes, and what they answered. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- One life of a route at a vendor: handed over, updated, withdrawn. Handed over again it is another one.
    CREATE TABLE hand_offs (
      -- Also the route's external id at the vendor: known before the first call.
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      company_id text NOT NULL,
      route_id text NOT NULL,
      vendor text NOT NULL CHECK (vendor IN ('samsara', 'traccar', 'generic')),
      device_id text NOT NULL,
      -- failed: the latest call did not succeed; it is repeated at retry_at while there is reason to.
      state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'handed_over', 'withdrawn', 'failed')),
      -- The vendor's own id of the route.
      vendor_route_id text,
      -- Fingerprint of what the vendor has; null when it has nothing, or nobody knows.
      sent text,
      -- Fingerprint of what the latest call says.
      tried text,
      -- What it was last told of the route.
      document json,
      -- Counts what the vendor is told; a call that is repeated keeps it.
      revision integer NOT NULL DEFAULT 0,
      -- Calls in a row that did not succeed, the one that runs included.
      failures integer NOT NULL DEFAULT 0,
      retry_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      FOREIGN KEY (company_id, route_id) REFERENCES routes ON DELETE CASCADE
    );
    CREATE INDEX hand_offs_of_route ON hand_offs (company_id, route_id, sequence);
    CREATE UNIQUE INDEX hand_offs_open ON hand_offs (company_id, route_id, vendor, device_id)
      WHERE state <> 'withdrawn';

    CREATE TABLE hand_off_attempts (
      hand_off_id uuid NOT NULL REFERENCES hand_offs ON DELETE CASCADE,
      number integer NOT NULL CHECK (number > 0),
      action text NOT NULL CHECK (action IN ('hand_over', 'update', 'withdraw')),
      -- By the engine's clock.
      at timestamptz NOT NULL,
      -- Null while the call runs, and for ever when the worker died during it.
      outcome text CHECK (outcome IN ('accepted', 'try_later', 'refused', 'unknown')),
      code text,
      message text,
      PRIMARY KEY (hand_off_id, number)
    );
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0004_hand_offs cannot be undone: restore the database from its backup instead.')
}
