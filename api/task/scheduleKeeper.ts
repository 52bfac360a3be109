import { setTimeout as delay } from 'node:timers/promises'
import { ScheduleNotFoundError } from '@temporalio/client'
import type { Knex } from 'knex'
import type { Logger } from 'pino'
import { lookOverTasks, markTaskKept, type StoredTask, takeTaskToKeep, tasksToKeep } from '../../db/dispatchTasks'
import { taskQueue as routesTaskQueue } from '../../domain/routeWorkflow'
import { keepSchedule, scheduledCompanies, triggerSchedule } from '../../integrations/temporal/taskSchedule'
import type { TemporalTarget } from '../outbox/deliver'

export interface ScheduleKeeper {
  /**
   * Tries, right after the commit and for two seconds at most, to tell Temporal what is new of the company's task. Never
   * throws: what does not get through is in the database, and is told in the background.
   */
  keep(companyId: string): Promise<void>
  /** Begins to keep Temporal's schedules as the database says, those of other processes' requests too. */
  start(): void
  /** Ends that; resolves when nothing is under way any more. */
  stop(): Promise<void>
}

interface KeeperParts {
  db: Knex
  temporal: TemporalTarget
  log: Logger
  /** How often the database is looked through; 5 s without it. */
  sweepMs?: number
}

const inlineMs = 2_000
const backgroundMs = 5_000
/** After Temporal was found away, requests do not wait for it for as long. */
const givenUpMs = 5_000
const batchSize = 20
/** How often schedules are looked for that are gone from Temporal. */
const lookOverMs = 3_600_000

/** Keeps Temporal's schedules and people's calls for a run in step with the database, across crashes and outages. */
export function createScheduleKeeper({ db, temporal, log, sweepMs = 5_000 }: KeeperParts): ScheduleKeeper {
  let awayUntil = 0
  let running: Promise<void> | null = null
  let stopping = new AbortController()
  let last = ''
  let lookOverAt = 0

  function within<Result>(milliseconds: number, call: () => Promise<Result>): Promise<Result> {
    return temporal.client.connection.withDeadline(Date.now() + milliseconds, call)
  }

  /** Again, until nothing is new: whoever came meanwhile has left it to this one. */
  async function tellAll(companyId: string, deadlineMs: number): Promise<void> {
    const tellOnce = () =>
      db.transaction(async (trx) => {
        const task = await takeTaskToKeep(trx, companyId)
        if (task === null) return false
        await within(deadlineMs, () => tell(temporal, companyId, task))
        await markTaskKept(trx, companyId, task)
        return true
      })
    while (await tellOnce());
  }

  /** Goes on after the last company when one has failed, so that it keeps no other waiting. */
  async function sweep(): Promise<void> {
    if (Date.now() >= lookOverAt) {
      const lost = await lookOverTasks(db, await within(backgroundMs, () => scheduledCompanies(temporal.client)))
      if (lost > 0) log.warn({ schedules: lost }, 'Temporal has lost schedules of tasks; making them again')
      lookOverAt = Date.now() + lookOverMs
    }
    for (;;) {
      const companies = await tasksToKeep(db, last, batchSize)
      for (const companyId of companies) {
        last = companyId
        if (stopping.signal.aborted) return
        await tellAll(companyId, backgroundMs)
      }
      if (companies.length === batchSize) continue
      last = ''
      return
    }
  }

  async function runUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sweep().catch((err: unknown) => log.warn({ err, company: last }, 'A schedule was not kept; trying again'))
      await delay(sweepMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  return {
    async keep(companyId) {
      if (Date.now() < awayUntil) return
      try {
        await tellAll(companyId, inlineMs)
      } catch (err) {
        awayUntil = Date.now() + givenUpMs
        log.warn({ err, company: companyId }, 'Temporal did not take a schedule; it will be told in the background')
      }
    },
    start() {
      if (running !== null) return
      stopping = new AbortController()
      running = runUntilStopped()
    },
    async stop() {
      stopping.abort()
      await running
      running = null
    },
  }
}

async function tell({ client, taskQueue = routesTaskQueue }: TemporalTarget, companyId: string, task: StoredTask) {
  const keep = () => keepSchedule(client, taskQueue, companyId, task)
  if (task.keptVersion < task.version) await keep()
  if (task.runsTriggered >= task.runsAsked) return
  try {
    await triggerSchedule(client, companyId)
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error
    await keep()
    await triggerSchedule(client, companyId)
  }
}
