import type { Knex } from 'knex'

/** Tests of providers as they are kept: an outcome in plain words, and an address for as long as it is needed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Nothing has been written to it by any release.
    DROP TABLE provider_tests;

    -- A message or a call by which somebody tries out a provider. Never a notification: nobody is told anything by it.
    CREATE TABLE provider_tests (
      id text PRIMARY KEY,
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      target text NOT NULL CHECK (target IN ('sms', 'email', 'samsara', 'generic')),
      -- Of a message alone, until it has been sent.
      address text CHECK (address IS NULL OR target IN ('sms', 'email')),
      requested_at timestamptz(3) NOT NULL DEFAULT now(),
      status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'succeeded', 'failed')),
      -- How it ended, in plain words. What a provider says may quote the address.
      message text,
      ended_at timestamptz,
      CHECK ((status = 'pending') = (message IS NULL) AND (status = 'pending') = (ended_at IS NULL))
    );
    CREATE INDEX provider_tests_of_company ON provider_tests (company_id, requested_at);
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0013_provider_tests cannot be undone: restore the database from its backup instead.')
}
