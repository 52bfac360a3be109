import type { TaskRun } from '../domain/dispatchTask'
import { type Database, row, rows, timestamp } from './sql'

/**
 * Records a run that has ended, and forgets the company's runs of more than 30 days before it. May be repeated; a company
 * that is no more has no runs.
 */
export async function recordTaskRun(db: Database, run: TaskRun): Promise<void> {
  const { startedAt, endedAt, ...rest } = run
  await rows(
    db,
    `WITH old AS (
       DELETE FROM task_runs
       WHERE company_id = :companyId AND started_at < CAST(:startedAt AS timestamptz) - interval '30 days'
     )
     INSERT INTO task_runs (company_id, run_id, started_at, ended_at, routes_started, looked_up, settled, routes_erased,
       failure)
     SELECT company_id, :runId, :startedAt, :endedAt, :routesStarted, :lookedUp, :settled, :routesErased,
       :failure
     FROM companies WHERE company_id = :companyId
     ON CONFLICT (company_id, run_id) DO NOTHING`,
    { ...rest, startedAt: timestamp(startedAt), endedAt: timestamp(endedAt) },
  )
}

/** The company's last run that has ended, or null. */
export async function lastTaskRun(db: Database, companyId: string): Promise<TaskRun | null> {
  return row<TaskRun>(
    db,
    `SELECT company_id AS "companyId", run_id AS "runId", started_at AS "startedAt", ended_at AS "endedAt",
       routes_started AS "routesStarted", looked_up AS "lookedUp", settled, routes_erased AS "routesErased", failure
     FROM task_runs WHERE company_id = :companyId ORDER BY started_at DESC LIMIT 1`,
    { companyId },
  )
}
