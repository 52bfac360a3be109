import type { DispatchTask } from '../domain/dispatchTask'
import type { CalendarDate, Instant } from '../domain/words'
import { type Database, row, rows, theRow } from './sql'

/** A company's task as people want it, and how far Temporal has heard of that. */
export interface StoredTask extends DispatchTask {
  version: number
  /** The version that Temporal's schedule has; 0 when it has none. */
  keptVersion: number
  /** How many runs people have asked for, and of how many of them Temporal has heard. */
  runsAsked: number
  runsTriggered: number
  changedAt: Instant
}

const columns = `description, active, interval_minutes AS "intervalMinutes", priority, version,
  kept_version AS "keptVersion", runs_asked AS "runsAsked", runs_triggered AS "runsTriggered", changed_at AS "changedAt"`

const thisCompany = 'company_id = :companyId'
const toBeKept = '(kept_version < version OR runs_triggered < runs_asked)'

/** The company's task; it was made with the company. Null for an unknown company. */
export async function getTask(db: Database, companyId: string): Promise<StoredTask | null> {
  return row<StoredTask>(db, `SELECT ${columns} FROM dispatch_tasks WHERE ${thisCompany}`, { companyId })
}

/** Makes this the company's task. Always a new version, so that saving it again mends what happened to the schedule. */
export async function putTask(db: Database, companyId: string, task: DispatchTask): Promise<StoredTask> {
  return theRow<StoredTask>(
    db,
    `INSERT INTO dispatch_tasks (company_id, description, active, interval_minutes, priority)
     VALUES (:companyId, :description, :active, :intervalMinutes, :priority)
     ON CONFLICT (company_id) DO UPDATE SET description = excluded.description, active = excluded.active,
       interval_minutes = excluded.interval_minutes, priority = excluded.priority,
       version = dispatch_tasks.version + 1, changed_at = now()
     RETURNING ${columns}`,
    { companyId, ...task },
  )
}

/** Asks for one run more. */
export async function askForRun(db: Database, companyId: string): Promise<void> {
  await rows(db, `UPDATE dispatch_tasks SET runs_asked = runs_asked + 1 WHERE ${thisCompany}`, { companyId })
}

/**
 * The dispatch center is opened: whoever comes first on that day, of however many at once, asks for a run.
 * @returns whether this opening was the first
 */
export async function openDispatchCenter(db: Database, companyId: string, day: CalendarDate): Promise<boolean> {
  const first = await row(
    db,
    `UPDATE dispatch_tasks SET opened_on = :day, runs_asked = runs_asked + 1
     WHERE ${thisCompany} AND (opened_on IS NULL OR opened_on < :day) RETURNING company_id`,
    { companyId, day },
  )
  return first !== null
}

/** Companies of whose task Temporal has not heard everything, in the order of their ids, from the one after `after`. */
export async function tasksToKeep(db: Database, after: string, limit: number): Promise<string[]> {
  const found = await rows<{ companyId: string }>(
    db,
    `SELECT company_id AS "companyId" FROM dispatch_tasks WHERE ${toBeKept} AND company_id > :after
     ORDER BY company_id LIMIT :limit`,
    { after, limit },
  )
  return found.map(({ companyId }) => companyId)
}

/**
 * What Temporal is to hear of the company's task; null when it has heard everything, or when another process is telling it
 * at this moment. Until the transaction ends nobody else is: a slow teller must not bring an older version after a newer.
 * The row itself stays free, so no request waits for Temporal.
 */
export async function takeTaskToKeep(trx: Database, companyId: string): Promise<StoredTask | null> {
  const { taken } = await theRow<{ taken: boolean }>(
    trx,
    `SELECT pg_try_advisory_xact_lock(hashtextextended('dispatch task ' || :companyId, 0)) AS taken`,
    { companyId },
  )
  if (!taken) return null
  return row<StoredTask>(trx, `SELECT ${columns} FROM dispatch_tasks WHERE ${thisCompany} AND ${toBeKept}`, {
    companyId,
  })
}

/** Temporal has heard of everything in `task`. */
export async function markTaskKept(
  trx: Database,
  companyId: string,
  { version, runsAsked }: Pick<StoredTask, 'version' | 'runsAsked'>,
): Promise<void> {
  await rows(
    trx,
    `UPDATE dispatch_tasks SET kept_version = :version, runs_triggered = :runsAsked WHERE ${thisCompany}`,
    { companyId, version, runsAsked },
  )
}

/**
 * Looks the tasks over: of these companies alone Temporal has a schedule, so the others' are to be made again; and a
 * company that an older release has made gets its task. Gives how many schedules are to be made again.
 */
export async function lookOverTasks(db: Database, scheduled: readonly string[]): Promise<number> {
  await rows(db, 'INSERT INTO dispatch_tasks (company_id) SELECT company_id FROM companies ON CONFLICT DO NOTHING')
  const lost = await rows(
    db,
    `UPDATE dispatch_tasks SET kept_version = 0 WHERE kept_version > 0 AND company_id <> ALL(:scheduled)
     RETURNING company_id`,
    { scheduled },
  )
  return lost.length
}
