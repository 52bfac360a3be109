import { z } from 'zod'
import { getTask } from '../../db/dispatchTasks'
import { lastTaskRun } from '../../db/taskRuns'
import { troubleOf } from '../../db/unfinished'
import { scheduleIdOf, taskLimits } from '../../domain/dispatchTask'
import { ApiProblem } from '../../domain/errors'
import { taskHealth } from '../../domain/taskHealth'
import type { Instant } from '../../domain/words'
import type { ApiParts } from '../apiParts'
import { instantOut, isoOrNone, text } from '../schemas/common'
import { askTemporal } from './askTemporal'

const between = ({ least, most }: { least: number; most: number }) => z.int().min(least).max(most)

export const taskBody = z
  .strictObject({
    description: text(200),
    active: z.boolean().meta({ description: 'Whether it runs by itself. It can be run by hand in any case.' }),
    intervalMinutes: between(taskLimits.intervalMinutes).meta({ examples: [5] }),
    priority: between(taskLimits.priority).meta({
      description: 'Of its runs in Temporal: 1 is the most urgent.',
      examples: [3],
    }),
  })
  .meta({ id: 'TaskBody' })

export const taskSchema = taskBody
  .extend({
    scheduleId: z.string().meta({ description: 'The id of its schedule in Temporal.' }),
    health: z.enum(['green', 'red']),
    healthText: z.string().meta({ description: 'Green: what it does next. Red: what is wrong and what to do.' }),
    lastRunAt: instantOut.optional(),
    nextRunAt: instantOut.optional(),
  })
  .meta({ id: 'Task' })

/** The company's task with its health. `now` is the engine's clock; Temporal's notes are on the wall clock. */
export async function readTask(api: ApiParts, companyId: string, now: Instant): Promise<z.input<typeof taskSchema>> {
  const task = await getTask(api.db, companyId)
  if (task === null)
    throw new ApiProblem(
      'not_found',
      `The company "${companyId}" has no task. Make it with PUT /v1/companies/${companyId}/task.`,
    )
  const [lastRun, trouble, temporal] = await Promise.all([
    lastTaskRun(api.db, companyId),
    troubleOf(api.db, companyId, now),
    askTemporal(api, companyId),
  ])
  const { description, active, intervalMinutes, priority, changedAt } = task
  const lastRunAt = isoOrNone(lastRun?.startedAt)
  const nextRunAt = isoOrNone(temporal?.schedule?.nextRunAt)
  return {
    description,
    active,
    intervalMinutes,
    priority,
    scheduleId: scheduleIdOf(companyId),
    ...taskHealth({ now: Date.now(), active, intervalMinutes, changedAt, lastRun, temporal, ...trouble }),
    ...(lastRunAt !== undefined && { lastRunAt }),
    ...(nextRunAt !== undefined && { nextRunAt }),
  }
}
