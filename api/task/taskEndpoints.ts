import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { askForRun, getTask, openDispatchCenter, putTask } from '../../db/dispatchTasks'
import { currentSettings } from '../../db/settingsVersions'
import { changesBetween } from '../../domain/audit'
import type { DispatchTask } from '../../domain/dispatchTask'
import { dateOf } from '../../domain/schedule/zonedTime'
import { dispatchers, readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { companyPath } from '../schemas/common'
import { readTask, taskBody, taskSchema } from './taskView'

const path = '/v1/companies/{companyId}/task'
const tag = 'Task'

const whatItIs =
  'The task starts the routes that should be running and are not, and finds out what became of messages of unknown ' +
  'outcome. It is a schedule in Temporal, and is made, active and of every 5 minutes, with the company.'

const auditedFields = ({ description, active, intervalMinutes, priority }: DispatchTask) => ({
  description,
  active,
  intervalMinutes,
  priority,
})

export const taskEndpoints = [
  defineEndpoint({
    method: 'get',
    path,
    tag,
    summary: 'Read the dispatch task and its health',
    description: whatItIs,
    access: { roles: readers },
    params: companyPath,
    answers: { 200: { description: 'The task; red says what to do.', schema: taskSchema } },
    async handle({ params: { companyId }, now }, api) {
      await companyOr404(api.db, companyId)
      return { status: 200, body: await readTask(api, companyId, now) }
    },
  }),
  defineEndpoint({
    method: 'put',
    path,
    tag,
    summary: 'Change the dispatch task',
    description:
      'Accepted while Temporal is away too: its schedule is brought up to date when it is back. Saving the same task ' +
      'again mends a schedule that was paused or deleted in Temporal.',
    access: { roles: dispatchers },
    params: companyPath,
    body: taskBody,
    answers: { 200: { description: 'The task as it is now.', schema: taskSchema } },
    async alsoCheck({ params: { companyId } }, { db }) {
      await companyOr404(db, companyId)
      return []
    },
    async handle({ params: { companyId }, body, caller, now }, api) {
      await api.db.transaction(async (trx) => {
        const before = await getTask(trx, companyId)
        const changes = changesBetween(
          before && auditedFields(before),
          auditedFields(await putTask(trx, companyId, body)),
        )
        // Also without changes: it mends the schedule.
        await recordAudit(trx, { companyId, by: caller, action: 'task.changed', subject: companyId, changes })
      })
      await api.scheduleKeeper.keep(companyId)
      return { status: 200, body: await readTask(api, companyId, now) }
    },
  }),
  defineEndpoint({
    method: 'post',
    path: `${path}/run`,
    tag,
    summary: 'Run the dispatch task now',
    description: 'Also when it is inactive. A run that is under way is let end first; two calls for one are one.',
    access: { roles: dispatchers },
    params: companyPath,
    answers: { 202: { description: 'It runs now, or as soon as Temporal is back.', schema: taskSchema } },
    async handle({ params: { companyId }, caller, now }, api) {
      await companyOr404(api.db, companyId)
      await api.db.transaction(async (trx) => {
        await askForRun(trx, companyId)
        await recordAudit(trx, { companyId, by: caller, action: 'task.run', subject: companyId })
      })
      await api.scheduleKeeper.keep(companyId)
      return { status: 202, body: await readTask(api, companyId, now) }
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/v1/companies/{companyId}/dispatch-center/open',
    tag,
    summary: 'Say that somebody has opened the dispatch center',
    description:
      "The first opening of the day, on the company's calendar, runs the dispatch task, whether it is active or not.",
    access: { roles: dispatchers },
    params: companyPath,
    answers: {
      200: {
        description: 'Whether this was the first opening of the day.',
        schema: z.strictObject({ firstToday: z.boolean() }).meta({ id: 'DispatchCenterOpened' }),
      },
    },
    async handle({ params: { companyId }, caller, now }, api) {
      await companyOr404(api.db, companyId)
      const { settings } = await currentSettings(api.db, companyId)
      const firstToday = await api.db.transaction(async (trx) => {
        const first = await openDispatchCenter(trx, companyId, dateOf(now, settings.timeZone))
        if (first)
          await recordAudit(trx, { companyId, by: caller, action: 'dispatch_center.opened', subject: companyId })
        return first
      })
      if (firstToday) await api.scheduleKeeper.keep(companyId)
      return { status: 200, body: { firstToday } }
    },
  }),
]
