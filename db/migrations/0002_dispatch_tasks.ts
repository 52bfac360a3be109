import type { Knex } from 'knex'

/** The periodic task of each company: what is wanted of it, how far Temporal has heard of that, and what its runs did. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE dispatch_tasks (
      company_id text PRIMARY KEY REFERENCES companies ON DELETE CASCADE,
      description text NOT NULL DEFAULT 'Dispatch notification',
      active boolean NOT NULL DEFAULT true,
      interval_minutes integer NOT NULL DEFAULT 5 CHECK (interval_minutes BETWEEN 1 AND 1440),
      priority integer NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5),
      -- Temporal's schedule is that of kept_version: an older one is to be brought up to version.
      version integer NOT NULL DEFAULT 1,
      kept_version integer NOT NULL DEFAULT 0,
      -- Runs that people asked for, and how many of them Temporal has heard of.
      runs_asked integer NOT NULL DEFAULT 0,
      runs_triggered integer NOT NULL DEFAULT 0,
      -- The last day, on the company's calendar, on which its dispatch center was opened.
      opened_on date,
      changed_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX dispatch_tasks_to_keep ON dispatch_tasks (company_id)
      WHERE kept_version < version OR runs_triggered < runs_asked;
    INSERT INTO dispatch_tasks (company_id) SELECT company_id FROM companies;

    CREATE TABLE task_runs (
      company_id text NOT NULL REFERENCES companies ON DELETE CASCADE,
      -- Temporal's id of the run: repeating the record changes nothing.
      run_id text NOT NULL,
      started_at timestamptz NOT NULL,
      ended_at timestamptz NOT NULL,
      routes_started integer NOT NULL DEFAULT 0,
      looked_up integer NOT NULL DEFAULT 0,
      settled integer NOT NULL DEFAULT 0,
      -- Why it failed: a step and the kind of its error, no data. Null when it did not.
      failure text,
      PRIMARY KEY (company_id, run_id)
    );
    CREATE INDEX task_runs_by_age ON task_runs (company_id, started_at DESC);
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0002_dispatch_tasks cannot be undone: restore the database from its backup instead.')
}
