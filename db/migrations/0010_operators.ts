import type { Knex } from 'knex'

/** Operators and their sessions, links for drivers, tests of providers, and what the console looks for and listens to. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE operators (
      id text PRIMARY KEY,
      -- In lower case: nobody has two accounts for one mailbox.
      email text NOT NULL UNIQUE CHECK (email = lower(email)),
      name text NOT NULL,
      role text NOT NULL CHECK (role IN ('admin', 'dispatch', 'viewer')),
      -- Null for every company.
      company_id text REFERENCES companies ON DELETE CASCADE,
      -- argon2id, with its parameters. Null until the operator has set one.
      password_hash text,
      created_by text NOT NULL,
      -- Whole milliseconds: a page ends at this moment, and an Instant holds no more.
      created_at timestamptz(3) NOT NULL DEFAULT now()
    );
    CREATE INDEX operators_list ON operators (created_at, id);
    CREATE INDEX operators_by_company ON operators (company_id, created_at, id);

    CREATE TABLE operator_sessions (
      token_hash bytea PRIMARY KEY,
      operator_id text NOT NULL REFERENCES operators ON DELETE CASCADE,
      created_at timestamptz NOT NULL,
      -- To the minute.
      used_at timestamptz NOT NULL
    );
    CREATE INDEX operator_sessions_of_operator ON operator_sessions (operator_id);

    -- One for each operator at most: a new link ends the one before.
    CREATE TABLE password_links (
      operator_id text PRIMARY KEY REFERENCES operators ON DELETE CASCADE,
      token_hash bytea NOT NULL UNIQUE,
      expires_at timestamptz NOT NULL
    );

    CREATE TABLE driver_links (
      id text PRIMARY KEY,
      token_hash bytea NOT NULL UNIQUE,
      company_id text NOT NULL,
      route_id text NOT NULL,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz,
      FOREIGN KEY (company_id, route_id) REFERENCES routes ON DELETE CASCADE
    );
    CREATE INDEX driver_links_of_route ON driver_links (company_id, route_id);

    -- A message or a call by which somebody tries out a provider. Never a notification: nobody is told anything by it.
    CREATE TABLE provider_tests (
      id text PRIMARY KEY,
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      target text NOT NULL CHECK (target IN ('sms', 'email', 'samsara', 'generic')),
      -- Of a message alone.
      address text,
      subject text,
      text text,
      requested_by text NOT NULL,
      requested_at timestamptz(3) NOT NULL DEFAULT now(),
      -- Null until it is known.
      outcome text CHECK (outcome IN ('accepted', 'refused', 'unknown')),
      code text,
      message text,
      ended_at timestamptz,
      CHECK ((target IN ('sms', 'email')) = (address IS NOT NULL))
    );
    CREATE INDEX provider_tests_of_company ON provider_tests (company_id, requested_at);

    -- Prefixes of a recipient, whatever the collation of the database.
    CREATE INDEX notifications_by_recipient ON notifications (company_id, address text_pattern_ops, listed_at DESC, id DESC);
    CREATE INDEX notifications_by_contract ON notifications USING gin (contract_numbers);

    -- What changed, for consoles that show it: ids only, once a statement and route. A null stop stands for several.
    CREATE FUNCTION announce_notifications() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('changes', json_build_array(company_id, 'notification', route_id,
            CASE WHEN min(stop_id) = max(stop_id) THEN min(stop_id) END)::text)
          FROM changed GROUP BY company_id, route_id;
        RETURN NULL;
      END $$;
    CREATE FUNCTION announce_routes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('changes', json_build_array(company_id, 'route', route_id, null)::text)
          FROM changed GROUP BY company_id, route_id;
        RETURN NULL;
      END $$;
    -- The event is the trigger's argument.
    CREATE FUNCTION announce_company() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('changes', json_build_array(company_id, TG_ARGV[0], null, null)::text)
          FROM changed GROUP BY company_id;
        RETURN NULL;
      END $$;
  `)
  for (const [table, call] of announced)
    for (const [event, row] of [
      ['insert', 'NEW'],
      ['update', 'NEW'],
      ['delete', 'OLD'],
    ] as const)
      await knex.raw(
        `CREATE TRIGGER ${table}_announce_${event} AFTER ${event.toUpperCase()} ON ${table}
         REFERENCING ${row} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${call}`,
      )
}

const announced = [
  ['notifications', 'announce_notifications()'],
  ['routes', 'announce_routes()'],
  ['stops', 'announce_routes()'],
  ['settings_versions', `announce_company('settings')`],
  ['companies', `announce_company('company')`],
  ['trucks', `announce_company('truck')`],
  ['contracts', `announce_company('contract')`],
  ['consents', `announce_company('consent')`],
  ['dispatch_tasks', `announce_company('task')`],
  ['integrations', `announce_company('integration')`],
] as const

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0010_operators cannot be undone: restore the database from its backup instead.')
}
