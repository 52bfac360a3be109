import type { Knex } from 'knex'

/**
 * The facts of the product. Constraints say what is true; every list that the API offers has its index; the words of
 * `domain/words.ts` are the only values of the checked columns.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE companies (
      company_id text PRIMARY KEY,
      name text NOT NULL,
      phone text,
      website text,
      country text NOT NULL DEFAULT 'US' CHECK (country ~ '^[A-Z]{2}$'),
      settings_version integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );

    -- Version 0 is the defaults and has no row: a company that never saved settings has none to restore.
    CREATE TABLE settings_versions (
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      version integer NOT NULL CHECK (version > 0),
      document jsonb NOT NULL,
      changes jsonb NOT NULL DEFAULT '[]',
      changed_by text NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (company_id, version)
    );

    CREATE TABLE api_keys (
      id text PRIMARY KEY,
      name text NOT NULL,
      role text NOT NULL CHECK (role IN ('admin', 'dispatch', 'viewer', 'driver')),
      company_id text REFERENCES companies ON DELETE CASCADE,
      secret_hash bytea NOT NULL UNIQUE,
      created_by text NOT NULL,
      -- Whole milliseconds: a page ends at this moment, and an Instant holds no more.
      created_at timestamptz(3) NOT NULL DEFAULT now(),
      revoked_at timestamptz,
      last_used_at timestamptz,
      CHECK (role = 'admin' OR company_id IS NOT NULL)
    );
    CREATE INDEX api_keys_list ON api_keys (created_at, id);
    CREATE INDEX api_keys_by_company ON api_keys (company_id, created_at, id);

    CREATE TABLE trucks (
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      truck_id text NOT NULL,
      name text NOT NULL,
      device_vendor text CHECK (device_vendor IN ('samsara', 'traccar', 'generic')),
      device_id text,
      -- What driverFallbackAfterMinutes is measured from.
      device_last_event_at timestamptz,
      PRIMARY KEY (company_id, truck_id),
      CHECK ((device_vendor IS NULL) = (device_id IS NULL))
    );
    -- Partial, so that linking a device locks the truck's row no harder than renaming it: a route that is being saved with
    -- this truck then does not wait, and no deadlock comes of a change that locks the truck's routes after it.
    CREATE UNIQUE INDEX trucks_by_device ON trucks (company_id, device_vendor, device_id) WHERE device_id IS NOT NULL;

    -- Secrets are encrypted by the application; each says in itself with which key.
    CREATE TABLE integrations (
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      vendor text NOT NULL CHECK (vendor IN ('samsara', 'traccar', 'generic')),
      webhook_secret bytea,
      api_token bytea,
      api_url text,
      hand_off_url text,
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (company_id, vendor)
    );

    CREATE TABLE contracts (
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      number text NOT NULL,
      customer_name text NOT NULL,
      fields jsonb NOT NULL DEFAULT '{}',
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (company_id, number)
    );

    -- The only source of recipients.
    CREATE TABLE delivery_notifications (
      company_id text NOT NULL,
      contract_number text NOT NULL,
      position integer NOT NULL,
      method text NOT NULL CHECK (method IN ('sms', 'email')),
      address text NOT NULL,
      events text[] NOT NULL CHECK (events <@ ARRAY['confirmed', 'arrived', 'departed', 'updated', 'cancelled']),
      only_if_text_fails boolean NOT NULL DEFAULT false,
      PRIMARY KEY (company_id, contract_number, position),
      FOREIGN KEY (company_id, contract_number) REFERENCES contracts ON DELETE CASCADE,
      CHECK (method = 'email' OR NOT only_if_text_fails)
    );
    CREATE INDEX delivery_notifications_by_address ON delivery_notifications (company_id, address);

    CREATE TABLE routes (
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      route_id text NOT NULL,
      name text NOT NULL,
      service_date date NOT NULL,
      truck_id text,
      driver_name text,
      status text NOT NULL DEFAULT 'planned'
        CHECK (status IN ('planned', 'confirmed', 'in_progress', 'completed', 'cancelled')),
      confirmed_at timestamptz,
      confirmation integer NOT NULL DEFAULT 0,
      -- An edit that the engine has not seen yet; it stamps edited_at, the first edit of a burst, by its own clock.
      edit_pending boolean NOT NULL DEFAULT false,
      edited_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (company_id, route_id),
      FOREIGN KEY (company_id, truck_id) REFERENCES trucks,
      CHECK (status IN ('planned', 'cancelled') OR confirmed_at IS NOT NULL)
    );
    CREATE INDEX routes_list ON routes (company_id, service_date, route_id);
    CREATE INDEX routes_by_status ON routes (company_id, status, service_date, route_id);
    CREATE INDEX routes_by_truck ON routes (company_id, truck_id, service_date);

    CREATE TABLE stops (
      company_id text NOT NULL,
      route_id text NOT NULL,
      stop_id text NOT NULL,
      position integer NOT NULL,
      kind text NOT NULL CHECK (kind IN ('delivery', 'pickup')),
      scheduled_at timestamptz NOT NULL,
      address text NOT NULL,
      time_zone text,
      latitude double precision CHECK (latitude BETWEEN -90 AND 90),
      longitude double precision CHECK (longitude BETWEEN -180 AND 180),
      geofence_id text,
      status text NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'arrived', 'departed', 'skipped', 'cancelled')),
      -- It joined, or came back to, a route that was confirmed already; the engine stamps added_at by its own clock.
      added_late boolean NOT NULL DEFAULT false,
      added_at timestamptz,
      arrived_at timestamptz,
      departed_at timestamptz,
      PRIMARY KEY (company_id, route_id, stop_id),
      FOREIGN KEY (company_id, route_id) REFERENCES routes ON DELETE CASCADE,
      CHECK ((latitude IS NULL) = (longitude IS NULL)),
      CHECK (added_late OR added_at IS NULL),
      CHECK (status NOT IN ('arrived', 'departed') OR arrived_at IS NOT NULL),
      CHECK (status <> 'departed' OR departed_at IS NOT NULL)
    );
    CREATE INDEX stops_in_order ON stops (company_id, route_id, position);

    CREATE TABLE stop_contracts (
      company_id text NOT NULL,
      route_id text NOT NULL,
      stop_id text NOT NULL,
      position integer NOT NULL,
      contract_number text NOT NULL,
      PRIMARY KEY (company_id, route_id, stop_id, position),
      UNIQUE (company_id, route_id, stop_id, contract_number),
      FOREIGN KEY (company_id, route_id, stop_id) REFERENCES stops ON DELETE CASCADE,
      FOREIGN KEY (company_id, contract_number) REFERENCES contracts
    );
    CREATE INDEX stop_contracts_by_contract ON stop_contracts (company_id, contract_number);

    -- What was reported, by whom and when; nothing authentic is ever dropped. Only rows with outcome 'counted' move a stop.
    CREATE TABLE visit_events (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      source text NOT NULL CHECK (source IN ('driver', 'samsara', 'traccar', 'generic')),
      -- The reporter's own id of the event: a duplicate changes nothing.
      event_id text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('enter', 'exit', 'arrived', 'departed', 'skipped')),
      device_id text,
      geofence_id text,
      route_id text,
      stop_id text,
      reported_by text,
      -- As reported; counted_at is what it counts as (a report from the future counts as now).
      occurred_at timestamptz NOT NULL,
      counted_at timestamptz,
      received_at timestamptz NOT NULL DEFAULT now(),
      -- When the engine first saw it, by the engine's clock.
      judged_at timestamptz,
      accuracy_meters double precision,
      outcome text NOT NULL CHECK (outcome IN
        ('counted', 'unknown_device', 'no_route', 'no_stop', 'not_arrival_source', 'inaccurate')),
      UNIQUE (company_id, source, event_id),
      FOREIGN KEY (company_id, route_id, stop_id) REFERENCES stops ON DELETE CASCADE,
      -- A foreign key with a null in it is not checked.
      CHECK (stop_id IS NULL OR route_id IS NOT NULL),
      CHECK (outcome <> 'counted' OR stop_id IS NOT NULL)
    );
    CREATE INDEX visit_events_by_route ON visit_events (company_id, route_id, stop_id, id);

    CREATE TABLE notifications (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      -- The order in which they were planned.
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      company_id text NOT NULL,
      route_id text NOT NULL,
      -- Null for an internal message about the whole route.
      stop_id text,
      event text NOT NULL CHECK (event IN ('confirmed', 'arrived', 'departed', 'updated', 'cancelled')),
      channel text NOT NULL CHECK (channel IN ('sms', 'email')),
      address text NOT NULL,
      revision integer NOT NULL CHECK (revision > 0),
      internal boolean NOT NULL DEFAULT false,
      contract_numbers text[] NOT NULL,
      confirmation integer NOT NULL,
      status text NOT NULL CHECK (status IN ('planned', 'held', 'sending', 'accepted', 'sent', 'delivered',
        'undelivered', 'failed', 'unknown', 'suppressed')),
      reason text,
      reason_text text,
      -- The moment at which it is or was due, by the engine's clock.
      planned_at timestamptz,
      -- Which rule decided, and the numbers that it used: the explanation shown to people.
      decision jsonb NOT NULL DEFAULT '{}',
      settings_version integer NOT NULL,
      window_start timestamptz,
      window_end timestamptz,
      subject text,
      text text,
      shortened boolean NOT NULL DEFAULT false,
      provider_id text,
      -- How often an unknown outcome has been looked up at the provider.
      look_ups integer NOT NULL DEFAULT 0,
      sent_at timestamptz,
      delivered_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      -- The moment under which people look for it. Whole milliseconds: a page ends at it, and an Instant holds no more.
      listed_at timestamptz(3) NOT NULL GENERATED ALWAYS AS (coalesce(planned_at, created_at)::timestamptz(3)) STORED,
      -- Claim before send: whoever inserts this key owns the message.
      UNIQUE NULLS NOT DISTINCT (company_id, route_id, stop_id, event, channel, address, revision),
      FOREIGN KEY (company_id, route_id) REFERENCES routes ON DELETE CASCADE,
      FOREIGN KEY (company_id, route_id, stop_id) REFERENCES stops ON DELETE CASCADE,
      CHECK (status NOT IN ('suppressed', 'failed') OR reason IS NOT NULL),
      CHECK (reason IS NULL OR status IN ('suppressed', 'failed', 'undelivered')),
      CHECK (internal OR stop_id IS NOT NULL)
    );
    CREATE INDEX notifications_list ON notifications (company_id, listed_at DESC, id DESC);
    CREATE INDEX notifications_by_status ON notifications (company_id, status, listed_at DESC, id DESC);
    CREATE UNIQUE INDEX notifications_by_provider_id ON notifications (provider_id) WHERE provider_id IS NOT NULL;
    CREATE INDEX notifications_taken_by_provider ON notifications (address) WHERE provider_id IS NOT NULL;

    CREATE TABLE attempts (
      notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
      number integer NOT NULL CHECK (number > 0),
      -- By the engine's clock; called_at is the wall clock, which the provider's records are compared with.
      at timestamptz NOT NULL,
      called_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      -- Null while the call runs, and for ever when the worker died during it.
      outcome text CHECK (outcome IN ('accepted', 'try_later', 'permanent', 'unknown')),
      code text,
      message text,
      retry_at timestamptz,
      PRIMARY KEY (notification_id, number),
      -- An email whose outcome is unknown is tried again under its Message-ID; a text never is.
      CHECK (retry_at IS NULL OR outcome IN ('try_later', 'unknown')),
      CHECK (outcome <> 'try_later' OR retry_at IS NOT NULL)
    );

    -- What the provider told later of a message, each status once: the first report of it counts.
    CREATE TABLE receipts (
      notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
      status text NOT NULL CHECK (status IN ('sent', 'delivered', 'undelivered', 'failed')),
      code text,
      at timestamptz NOT NULL,
      PRIMARY KEY (notification_id, status)
    );

    -- Append-only: the latest row of an address and channel decides, but a STOP is lifted only by a START.
    CREATE TABLE consents (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      -- Null for a STOP or START, which was said to the sender that all companies share and binds every one of them.
      company_id text REFERENCES companies ON DELETE CASCADE,
      channel text NOT NULL CHECK (channel IN ('sms', 'email')),
      address text NOT NULL,
      action text NOT NULL CHECK (action IN ('granted', 'revoked')),
      source text NOT NULL,
      note text,
      recorded_by text,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CHECK (company_id IS NOT NULL OR channel = 'sms')
    );
    CREATE INDEX consents_list ON consents (company_id, id DESC);
    CREATE INDEX consents_by_address ON consents (company_id, address, id DESC);

    -- An accepted request that Temporal has yet to hear of; a row leaves when it has.
    CREATE TABLE outbox (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      company_id text NOT NULL,
      route_id text NOT NULL,
      message jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      -- The request that stored it forwards it itself until then.
      not_before timestamptz NOT NULL DEFAULT now() + interval '3 seconds',
      tries integer NOT NULL DEFAULT 0,
      last_error text,
      FOREIGN KEY (company_id, route_id) REFERENCES routes ON DELETE CASCADE
    );
    CREATE INDEX outbox_by_route ON outbox (company_id, route_id, id);

    CREATE TABLE idempotency_keys (
      api_key_id text NOT NULL,
      key text NOT NULL,
      method text NOT NULL,
      path text NOT NULL,
      body_hash bytea NOT NULL,
      -- Null while the first request runs.
      status integer,
      -- json, not jsonb: the first answer comes again as it was, order of its fields included.
      response json,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (api_key_id, key)
    );
    CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0001_foundation cannot be undone: restore the database from its backup instead.')
}
