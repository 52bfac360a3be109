import type { Instant } from './words'

/** What the health of a company's task is judged by. Moments are on the wall clock. */
export interface TaskState {
  now: Instant
  active: boolean
  intervalMinutes: number
  /** When the task was last changed: its runs are counted from then. */
  changedAt: Instant
  lastRun: { startedAt: Instant; failure: string | null } | null
  /** Null when Temporal does not answer. */
  temporal: TemporalState | null
  /** Messages that should have gone minutes ago. */
  overdue: number
  /** Messages of which nobody knows whether they went out, and which no person has sent again. */
  unknown: number
  /** Since when a request waits for Temporal to hear of it; null when none does. */
  outboxSince: Instant | null
  /** Routes of which a vendor was to be told and, after several calls, was not. */
  notHandedOff: string[]
}

/** What Temporal knows of a company. */
export interface TemporalState {
  /** Null when there is none. */
  schedule: { paused: boolean; nextRunAt: Instant | null } | null
  /** Whether a worker polls for work. */
  workerPolls: boolean
  /** Routes that should be running and are not. */
  missingRoutes: string[]
}

export interface TaskHealth {
  health: 'green' | 'red'
  /** Green: what the task does next. Red: what is wrong and what to do. */
  healthText: string
}

const minute = 60_000
const outboxPatience = minute

/**
 * Judges a task. Of what keeps it from its work the first cause alone is told, since the rest follows from it; what is
 * amiss although it works is told together.
 */
export function taskHealth(state: TaskState): TaskHealth {
  const cause = whyItDoesNotWork(state)
  if (cause !== null) return { health: 'red', healthText: cause }
  const amiss = whatIsAmiss(state)
  if (amiss.length > 0) return { health: 'red', healthText: amiss.join(' ') }
  return { health: 'green', healthText: whatItDoes(state) }
}

function whyItDoesNotWork({ now, active, intervalMinutes, changedAt, lastRun, temporal }: TaskState): string | null {
  if (!active)
    return 'The task is inactive: routes that lose their workflow stay silent. Set "active" to true, or run it by hand.'
  if (temporal === null)
    return 'Temporal does not answer, so nothing is sent. Check the server, TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.'
  if (temporal.schedule === null)
    return 'Temporal has no schedule of this task. Save the task again, or run it, and the schedule is made.'
  if (temporal.schedule.paused)
    return 'The schedule was paused in Temporal, not here. Save the task again, or unpause the schedule there.'
  if (!temporal.workerPolls) return 'No worker polls for work, so nothing is sent. Start one, or look at why it ended.'
  if (lastRun?.failure)
    return `The last run failed (${lastRun.failure}). Look at its history in Temporal, mend the cause and run the task.`
  const silentFor = now - Math.max(changedAt, lastRun?.startedAt ?? 0)
  if (silentFor > 2 * intervalMinutes * minute)
    return `No run has ended for ${Math.floor(silentFor / minute)} minutes, of an interval of ${intervalMinutes}. Look at the schedule's runs in Temporal and at the worker's log.`
  return null
}

function whatIsAmiss({ now, temporal, overdue, unknown, outboxSince, notHandedOff }: TaskState): string[] {
  const amiss: string[] = []
  const missing = temporal?.missingRoutes ?? []
  if (missing.length > 0)
    amiss.push(
      `${counted(missing.length, 'route')} should be running and ${isOrAre(missing.length)} not (${someOf(missing)}): run the task, and they are started.`,
    )
  if (outboxSince !== null && now - outboxSince > outboxPatience)
    amiss.push(
      `Requests wait for Temporal since ${new Date(outboxSince).toISOString()}: look for "Temporal did not take a message" in the API's log.`,
    )
  if (overdue > 0)
    amiss.push(
      `${counted(overdue, 'message')} should have gone minutes ago: look at the worker's log and at the routes in Temporal.`,
    )
  if (unknown > 0)
    amiss.push(
      `Of ${counted(unknown, 'message')} nobody knows whether ${unknown === 1 ? 'it' : 'they'} went out: list the notifications with status "unknown", ask the customers, and resend what did not arrive.`,
    )
  if (notHandedOff.length > 0)
    amiss.push(
      `A vendor does not take what it is told of ${counted(notHandedOff.length, 'route')} (${someOf(notHandedOff)}): read ${notHandedOff.length === 1 ? 'its' : 'their'} "hand-off" for its answers; no message waits for that.`,
    )
  return amiss
}

function whatItDoes({ intervalMinutes, lastRun, temporal }: TaskState): string {
  const next = temporal?.schedule?.nextRunAt
  const then = next ? `, next at ${new Date(next).toISOString()}` : ''
  const last = lastRun === null ? 'It has not run yet.' : 'Its last run went well.'
  return `Runs every ${counted(intervalMinutes, 'minute')}${then}. ${last}`
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`
const isOrAre = (count: number) => (count === 1 ? 'is' : 'are')
const someOf = (ids: string[]) => ids.slice(0, 5).join(', ') + (ids.length > 5 ? ', …' : '')
