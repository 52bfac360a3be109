import { randomUUID } from 'node:crypto'
import { rows } from '../../db/sql'
import { lastTaskRun } from '../../db/taskRuns'
import { dispatchTaskType, type TaskDeeds } from '../../domain/dispatchTask'
import { routeOfToday, type Scene, settingsWith, textAndEmail } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clear())

function runTask({ companyId }: Scene): Promise<TaskDeeds> {
  const workflowId = `task/${companyId}-${randomUUID()}`
  return world.client.workflow.execute(dispatchTaskType, { taskQueue: world.taskQueue, workflowId, args: [companyId] })
}

/** A route whose customers were told, which was then cancelled, so many days ago. */
async function routeOf(daysAgo: number): Promise<Scene> {
  const scene = await routeOfToday(world, { recipients: { C1: textAndEmail(ann, 'ann@example.com') } })
  await scene.cancel()
  expect(await world.result(scene.ref)).toBe('cancelled')
  await rows(
    world.db,
    `UPDATE routes SET service_date = CAST(now() AT TIME ZONE 'America/Chicago' AS date) - CAST(:daysAgo AS integer)
     WHERE company_id = :companyId`,
    { ...scene.ref, daysAgo },
  )
  return scene
}

const keepFor = (scene: Scene, retentionDays: number | null) => scene.save(settingsWith({ retentionDays }))

test('what is older than retentionDays loses who was told and in what words, and nothing else', async () => {
  const scene = await routeOf(31)
  await keepFor(scene, 30)
  const before = await scene.notifications()
  expect(await runTask(scene)).toMatchObject({ routesErased: 1 })
  expect(await lastTaskRun(world.db, scene.companyId)).toMatchObject({ routesErased: 1, failure: null })
  const after = await scene.notifications()
  expect(after.map(({ recipient, text, subject }) => [recipient, text, subject])).toEqual(
    before.map(() => ['erased', null, null]),
  )
  expect(after.map(({ id, status, decision, sentAt }) => [id, status, decision, sentAt])).toEqual(
    before.map(({ id, status, decision, sentAt }) => [id, status, decision, sentAt]),
  )
  expect(await runTask(scene)).toMatchObject({ routesErased: 0 })

  // A late receipt may still wake it: it tells nobody, and plans nothing for the addresses that the contract still has.
  const told = world.twilio.requests.length
  await world.tell(scene.ref, 'planChanged')
  expect(await world.result(scene.ref)).toBeNull()
  expect(await scene.notifications()).toHaveLength(before.length)
  expect(world.twilio.requests).toHaveLength(told)
})

test.each([
  ['is not older than retentionDays', 30, 30],
  ['is of a company that keeps everything', 4_000, null],
])('a route that %s is kept', async (_, daysAgo, retentionDays) => {
  const scene = await routeOf(daysAgo)
  await keepFor(scene, retentionDays)
  expect(await runTask(scene)).toMatchObject({ routesErased: 0 })
  expect((await scene.notifications())[0]).toMatchObject({ recipient: ann, erasedAt: null })
})
