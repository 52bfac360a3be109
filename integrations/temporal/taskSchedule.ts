import { createHash } from 'node:crypto'
import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, type ScheduleOptions } from '@temporalio/client'
import { defineSearchAttributeKey } from '@temporalio/common'
import { type DispatchTask, dispatchTaskType, scheduleIdOf, scheduleIdPrefix } from '../../domain/dispatchTask'
import type { Instant } from '../../domain/words'

const companyIdKey = defineSearchAttributeKey('CompanyId', 'KEYWORD')
const minute = 60_000

/** Makes Temporal's schedule of a company that of its task, whatever it was, or whether there was none. */
export async function keepSchedule(
  client: Client,
  taskQueue: string,
  companyId: string,
  task: DispatchTask,
): Promise<void> {
  const { scheduleId, ...wanted } = scheduleOf(companyId, task, taskQueue)
  const update = () => client.schedule.getHandle(scheduleId).update(() => wanted)
  try {
    await update()
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error
    try {
      await client.schedule.create({ scheduleId, ...wanted })
    } catch (race) {
      if (!(race instanceof ScheduleAlreadyRunning)) throw race
      await update()
    }
  }
}

function scheduleOf(companyId: string, { active, intervalMinutes, priority }: DispatchTask, taskQueue: string) {
  const every = intervalMinutes * minute
  const typedSearchAttributes = [{ key: companyIdKey, value: companyId }]
  // The SDK's type of an action lacks the priority, which it sends all the same: so this is no literal of that type.
  const action = {
    type: 'startWorkflow' as const,
    workflowType: dispatchTaskType,
    workflowId: scheduleIdOf(companyId),
    taskQueue,
    args: [companyId],
    typedSearchAttributes,
    staticSummary: `Dispatch task of company ${companyId}`,
    priority: { priorityKey: priority },
  }
  return {
    scheduleId: scheduleIdOf(companyId),
    spec: { intervals: [{ every, offset: ownMoment(companyId, every) }] },
    // A run that was missed while Temporal was away is not made up for: the next one does the same.
    policies: { overlap: 'SKIP', catchupWindow: minute },
    state: { paused: !active, note: `Every ${intervalMinutes} min; kept by the API: change it there` },
    typedSearchAttributes,
    action,
  } satisfies ScheduleOptions
}

/** Where in the interval the company's runs are, so that not every company's come at once. */
function ownMoment(companyId: string, everyMs: number): number {
  const spread = createHash('sha256').update(companyId).digest().readUInt32BE() / 2 ** 32
  return Math.floor((spread * everyMs) / 1_000) * 1_000
}

/**
 * Runs the company's task now, paused or not; after the run that is under way, if one is, since that may have passed by
 * what this one is for.
 * @throws ScheduleNotFoundError when Temporal has no such schedule
 */
export async function triggerSchedule(client: Client, companyId: string): Promise<void> {
  await client.schedule.getHandle(scheduleIdOf(companyId)).trigger('BUFFER_ONE')
}

export interface ScheduleState {
  paused: boolean
  nextRunAt: Instant | null
}

/** The company's schedule as Temporal has it; null when it has none. */
export async function readSchedule(client: Client, companyId: string): Promise<ScheduleState | null> {
  try {
    const { state, info } = await client.schedule.getHandle(scheduleIdOf(companyId)).describe()
    const next = state.paused ? undefined : info.nextActionTimes[0]
    return { paused: state.paused, nextRunAt: next?.getTime() ?? null }
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null
    throw error
  }
}

/** The companies that have a schedule, as Temporal lists them: a moment ago. */
export async function scheduledCompanies(client: Client): Promise<string[]> {
  const found: string[] = []
  for await (const { scheduleId } of client.schedule.list())
    if (scheduleId.startsWith(scheduleIdPrefix)) found.push(scheduleId.slice(scheduleIdPrefix.length))
  return found
}
