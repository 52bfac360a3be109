import { randomUUID } from 'node:crypto'
import { ApplicationFailure } from '@temporalio/common'
import { NativeConnection, Worker } from '@temporalio/worker'
import { lastTaskRun } from '../../db/taskRuns'
import { dispatchTaskType, type TaskDeeds, type TaskRun } from '../../domain/dispatchTask'
import { dateOf } from '../../domain/schedule/zonedTime'
import { testEnvironment } from '../setup/freshDatabase'
import { allHistories, personalDataInTemporal } from '../setup/personalData'
import { type Scene, setScene, settingsWith, textOnly, zone } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  await world.clear()
  // Another test's lost text of the same words to the same number could be what Twilio has of this one's.
  await world.db('notifications').delete()
})

const settings = (sameDayDelayMinutes: number) => {
  const defaults = settingsWith()
  return settingsWith({ quietHours: null, confirmation: { ...defaults.confirmation, sameDayDelayMinutes } })
}

/** A delay in minutes at the end of which the customer, who is told of a window of the next half hour, can still be told. */
const later = 20

/** A confirmed route of today whose one customer is told after the delay. */
async function confirmedRoute(sameDayDelayMinutes: number): Promise<Scene> {
  const scene = await setScene(world, { settings: settings(sameDayDelayMinutes), recipients: { C1: textOnly(ann) } })
  await scene.plan([{ stopId: 's1', at: Date.now() }], dateOf(Date.now(), zone))
  await scene.confirm()
  await world.untilAtRest(scene.ref)
  return scene
}

function runTask(companyId: string, taskQueue = world.taskQueue): Promise<TaskDeeds> {
  const workflowId = `task/${companyId}-${randomUUID()}`
  return world.client.workflow.execute(dispatchTaskType, { taskQueue, workflowId, args: [companyId] })
}

/** Ends the route's workflow as no program ever does, and waits until Temporal's list says so too. */
async function lose(scene: Scene): Promise<void> {
  await world.handle(scene.ref).terminate('lost by the test')
  const query = `ExecutionStatus = 'Running' AND CompanyId = '${scene.companyId}' AND WorkflowType = 'deliveryRoute'`
  const listed = async () => (await world.client.workflow.count(query)).count > 0
  for (const end = Date.now() + 20_000; await listed(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > end) throw new Error('Temporal still lists the route as running.')
}

const textsToAnn = () => world.twilio.requests.filter(({ to }) => to === ann)

/** As if the call had been made a minute ago, and the route had looked it up as often as it does. */
async function longAgo(scene: Scene): Promise<void> {
  const notifications = world.db('notifications').where({ company_id: scene.companyId })
  await notifications.clone().update({ look_ups: 3 })
  await world
    .db('attempts')
    .whereIn('notification_id', notifications.clone().select('id'))
    .update({ called_at: world.db.raw(`called_at - interval '1 minute'`) })
}

test('a route that lost its workflow is started again, and its customers are told exactly once', async () => {
  const scene = await confirmedRoute(later)
  expect(textsToAnn()).toHaveLength(0)
  await lose(scene)
  await scene.save(settings(0))

  expect(await runTask(scene.companyId)).toEqual({ routesStarted: 1, lookedUp: 0, settled: 0, routesErased: 0 })
  await scene.until((all) => all.some(({ sentAt }) => sentAt !== null))
  expect(textsToAnn()).toHaveLength(1)

  await world.untilAtRest(scene.ref)
  await lose(scene)
  expect(await runTask(scene.companyId)).toMatchObject({ routesStarted: 1 })
  await world.untilAtRest(scene.ref)
  expect(textsToAnn()).toHaveLength(1)
  const description = await world.handle(scene.ref).describe()
  expect(await description.staticSummary()).toContain('Route r1 of')
  expect(description.searchAttributes).toMatchObject({ CompanyId: [scene.companyId], RouteId: ['r1'] })
})

test('a route that runs is left alone', async () => {
  const scene = await confirmedRoute(later)
  const before = await world.handle(scene.ref).describe()
  expect(await runTask(scene.companyId)).toEqual({ routesStarted: 0, lookedUp: 0, settled: 0, routesErased: 0 })
  const after = await world.handle(scene.ref).describe()
  expect([after.runId, after.historyLength]).toEqual([before.runId, before.historyLength])
})

test('a route that is planned, un-confirmed or over needs no workflow, and another company’s is not this one’s', async () => {
  const other = await confirmedRoute(later)
  await lose(other)
  const scene = await confirmedRoute(later)
  await scene.unconfirm()
  expect(await world.result(scene.ref)).toBe('planned')
  expect(await runTask(scene.companyId)).toMatchObject({ routesStarted: 0 })
  await scene.cancel()
  await world.result(scene.ref)
  expect(await runTask(scene.companyId)).toMatchObject({ routesStarted: 0 })
  await expect(world.handle(other.ref).describe()).resolves.toMatchObject({ status: { name: 'TERMINATED' } })
})

test('a cancelled route that lost its workflow before it had decided about its messages decides about them', async () => {
  const scene = await confirmedRoute(later)
  await lose(scene)
  await world.db('routes').where({ company_id: scene.companyId }).update({ status: 'cancelled' })
  expect(await runTask(scene.companyId)).toMatchObject({ routesStarted: 1 })
  expect(await world.result(scene.ref)).toBe('cancelled')
  expect((await scene.notifications()).map(({ status, reason }) => [status, reason])).toEqual([
    ['suppressed', 'cancelled'],
  ])
})

test('a text of unknown outcome that its route has given up is found at the provider and settled', async () => {
  world.twilio.fault({ kind: 'drop_after_accept', to: ann, times: 1 })
  const scene = await confirmedRoute(0)
  await scene.until(([text]) => text?.status === 'unknown')
  expect(await runTask(scene.companyId)).toMatchObject({ lookedUp: 0 })
  await longAgo(scene)
  const before = await world.handle(scene.ref).describe()

  expect(await runTask(scene.companyId)).toEqual({ routesStarted: 0, lookedUp: 1, settled: 1, routesErased: 0 })
  expect(await scene.notifications()).toMatchObject([{ providerId: world.twilio.received[0]?.sid, reason: null }])
  expect((await scene.notifications())[0]?.status).toMatch(/accepted|sent|delivered/)
  const after = await world.handle(scene.ref).describe()
  expect(after.historyLength).toBeGreaterThan(before.historyLength)
  expect(textsToAnn()).toHaveLength(1)
})

test('a text of a route that has ended is found too; one that the provider does not have stays unknown', async () => {
  for (const accepted of [true, false]) {
    world.twilio.fault({ kind: 'server_error', accepted, to: ann, times: 1 })
    const scene = await confirmedRoute(0)
    await scene.until(([text]) => text?.status === 'unknown')
    await longAgo(scene)
    await scene.report('departed', 's1')
    expect(await world.result(scene.ref)).toBe('completed')

    expect(await runTask(scene.companyId)).toMatchObject({ lookedUp: 1, settled: accepted ? 1 : 0 })
    const [confirmation] = await scene.notifications()
    expect(confirmation?.status === 'unknown').toBe(!accepted)
    expect(textsToAnn()).toHaveLength(2)
    world.twilio.clear()
  }
})

test('two runs at once do no harm: a route is started once, and a text is settled once', async () => {
  const silent = await confirmedRoute(later)
  await lose(silent)
  await silent.save(settings(0))
  const both = (companyId: string) => Promise.all([runTask(companyId), runTask(companyId)])
  await both(silent.companyId)
  await silent.until((all) => all.some(({ sentAt }) => sentAt !== null))
  await world.untilAtRest(silent.ref)
  expect(textsToAnn()).toHaveLength(1)

  world.twilio.fault({ kind: 'drop_after_accept', to: ann, times: 1 })
  const doubtful = await confirmedRoute(0)
  await doubtful.until(([text]) => text?.status === 'unknown')
  await longAgo(doubtful)
  await lose(doubtful)
  await both(doubtful.companyId)
  await world.untilAtRest(doubtful.ref)
  expect(await doubtful.notifications()).toMatchObject([{ providerId: expect.any(String), attempts: [{}] }])
  expect(textsToAnn()).toHaveLength(2)
  for (const { companyId } of [silent, doubtful])
    expect(await runTask(companyId)).toEqual({ routesStarted: 0, lookedUp: 0, settled: 0, routesErased: 0 })
})

test('what a run did is recorded, and Temporal learns nothing personal of it', async () => {
  const scene = await confirmedRoute(later)
  await lose(scene)
  await runTask(scene.companyId)
  const run = await lastTaskRun(world.db, scene.companyId)
  expect(run).toMatchObject({ routesStarted: 1, lookedUp: 0, settled: 0, failure: null })
  expect((run?.endedAt ?? 0) - (run?.startedAt ?? 0)).toBeGreaterThanOrEqual(0)
  const { searched, found } = await personalDataInTemporal(world)
  expect(searched).toBeGreaterThan(3)
  expect(found).toEqual([])
  expect(await allHistories(world)).toContain('startMissingRoutes')
})

test('a run that fails is recorded with the step and the kind of its error, and is a failed workflow in Temporal', async () => {
  const recorded: TaskRun[] = []
  const taskQueue = `test-${randomUUID()}`
  const connection = await NativeConnection.connect({ address: world.temporal.address })
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: { codePath: testEnvironment('TEST_WORKFLOW_BUNDLE') },
    activities: {
      startMissingRoutes: async () => ({ routesStarted: 2 }),
      lookUpUnknown: async () => {
        throw ApplicationFailure.nonRetryable('Error at some place', 'ECONNREFUSED')
      },
      recordTaskRun: async (run: TaskRun) => void recorded.push(run),
    },
  })
  await worker.runUntil(expect(runTask('c1', taskQueue)).rejects.toThrow('Workflow execution failed'))
  await connection.close()
  expect(recorded).toMatchObject([{ companyId: 'c1', failure: 'lookUpUnknown: ECONNREFUSED' }])
})
