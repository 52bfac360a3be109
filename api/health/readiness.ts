import type { Database } from '../../db/sql'
import { taskQueue as routesTaskQueue } from '../../domain/routeWorkflow'
import type { ApiParts } from '../apiParts'
import type { TemporalTarget } from '../outbox/deliver'
import { lastPoll, pollsStill } from './lastPoll'
import { within } from './within'

export type CheckName = 'process' | 'database' | 'temporal' | 'worker'
interface Check {
  ok: boolean
  text: string
}

const deadlineMs = 2_000

/** Asks everything that a request needs, all at once and within two seconds. Never throws. */
export async function readiness({ db, temporal, config, accepting }: ApiParts) {
  const process: Check =
    accepting === undefined || accepting() ? { ok: true, text: 'accepts requests' } : { ok: false, text: 'is stopping' }
  const [database, lastPoll] = await Promise.all([askDatabase(db), askTemporal(temporal)])
  const checks: Record<CheckName, Check> = { process, database, temporal: lastPoll.temporal, worker: lastPoll.worker }
  return {
    ready: Object.values(checks).every(({ ok }) => ok),
    checks,
    channels: { sms: configured(config.twilio), email: configured(config.smtp) },
  }
}

async function askDatabase(db: Database): Promise<Check> {
  try {
    await within(deadlineMs, db.raw('SELECT 1'))
    return { ok: true, text: 'answers' }
  } catch {
    return { ok: false, text: 'does not answer; check DATABASE_URL and the server' }
  }
}

async function askTemporal({
  client,
  taskQueue = routesTaskQueue,
}: TemporalTarget): Promise<{ temporal: Check; worker: Check }> {
  try {
    const seenAt = await client.connection.withDeadline(Date.now() + deadlineMs, () => lastPoll(client, taskQueue))
    return { temporal: { ok: true, text: 'answers' }, worker: workerCheck(seenAt, taskQueue) }
  } catch {
    return {
      temporal: { ok: false, text: 'does not answer; check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the server' },
      worker: { ok: false, text: 'unknown while Temporal does not answer' },
    }
  }
}

function workerCheck(seenAt: number, taskQueue: string): Check {
  if (pollsStill(seenAt)) return { ok: true, text: `polls ${taskQueue}` }
  const since = seenAt === 0 ? 'in the last minutes' : `since ${new Date(seenAt).toISOString()}`
  return { ok: false, text: `none has polled ${taskQueue} ${since}; start one` }
}

const configured = (channel: unknown) => (channel === null ? 'channel_not_configured' : 'configured')
