import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { createScheduleKeeper, type ScheduleKeeper } from '../../api/task/scheduleKeeper'
import { scheduledCompanies } from '../../integrations/temporal/taskSchedule'
import { type BreakableLine, breakableLine } from '../setup/breakableLine'
import { startWorld, type World } from '../setup/startWorld'
import { routeOf, useApi } from './useApi'

const minutes = 60_000
const wanted = { description: 'Look after the routes', active: true, intervalMinutes: 15, priority: 1 }

describe('the dispatch task', () => {
  let world: World
  let line: BreakableLine
  let connection: Connection
  let keeper: ScheduleKeeper
  const temporal = () => ({ client: new Client({ connection }), taskQueue: world.taskQueue })

  beforeAll(async () => {
    world = await startWorld()
    const [host = '', port] = world.temporal.address.split(':')
    line = await breakableLine(host, Number(port))
    connection = Connection.lazy({ address: `127.0.0.1:${line.port}` })
    const log = pino({ level: 'silent' })
    keeper = createScheduleKeeper({ db: world.db, temporal: temporal(), log, sweepMs: 100 })
  })
  const api = useApi({
    get db() {
      return world.db
    },
    get temporal() {
      return temporal()
    },
    scheduleKeeper: { keep: (companyId) => keeper.keep(companyId) },
  })
  let company: string
  const made: string[] = []
  beforeEach(async () => {
    line.mend()
    api.state.now = Date.now()
    company = await api.company()
    made.push(company)
  })
  afterAll(async () => {
    line.mend()
    await keeper.stop()
    for (const id of made)
      await schedule(id)
        .delete()
        .catch(() => {})
    await connection.close()
    await line.stop()
    await world.stop()
  })

  const schedule = (companyId = company) => world.client.schedule.getHandle(`task/${companyId}`)
  const at = (path = '', companyId = company) => `/v1/companies/${companyId}/task${path}`
  const read = async (companyId = company) => (await api.call('GET', at('', companyId))).body
  const open = (companyId = company) => api.call('POST', `/v1/companies/${companyId}/dispatch-center/open`)
  const runsOf = async (companyId = company) =>
    Number((await world.db('task_runs').where({ company_id: companyId }).count('* as count').first())?.count)

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 20_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 30)))
      if (Date.now() > end) throw new Error('What the test waits for did not come to hold.')
  }

  test('is made with the company: active, every 5 minutes, a schedule in Temporal, and well', async () => {
    const task = await read()
    expect(task).toEqual({
      description: 'Dispatch notification',
      active: true,
      intervalMinutes: 5,
      priority: 3,
      scheduleId: `task/${company}`,
      health: 'green',
      healthText: expect.stringMatching(/^Runs every 5 minutes, next at .* It has not run yet\.$/),
      nextRunAt: expect.any(String),
    })
    const inMs = Date.parse(task.nextRunAt) - Date.now()
    expect(inMs).toBeLessThanOrEqual(5 * minutes)
    expect(await schedule().describe()).toMatchObject({
      spec: { intervals: [{ every: 5 * minutes }] },
      policies: { overlap: 'SKIP', catchupWindow: 1 * minutes },
      state: { paused: false },
      action: { workflowType: 'dispatchTask', args: [company], priority: { priorityKey: 3 } },
    })
  })

  test('is changed with its schedule, and nothing that people write of it goes to Temporal', async () => {
    const reply = await api.call('PUT', at(), { body: wanted })
    expect([reply.status, reply.body]).toMatchObject([200, { ...wanted, health: 'green' }])
    const { spec, action, raw } = await schedule().describe()
    expect([spec.intervals?.[0]?.every, action.priority?.priorityKey]).toEqual([15 * minutes, 1])
    expect(JSON.stringify(raw)).not.toContain('Look after')

    const paused = (await api.call('PUT', at(), { body: { ...wanted, active: false } })).body
    expect(paused).toMatchObject({ active: false, health: 'red', healthText: expect.stringContaining('inactive') })
    expect(paused.nextRunAt).toBeUndefined()
    expect((await schedule().describe()).state.paused).toBe(true)
  })

  test('runs when it is told to, active or not, and says so', async () => {
    await api.call('PUT', at(), { body: { ...wanted, active: false } })
    expect((await api.call('POST', at('/run'))).status).toBe(202)
    await until(async () => (await read()).lastRunAt !== undefined)
    expect(await runsOf()).toBe(1)

    await api.call('PUT', at(), { body: wanted })
    await Promise.all([1, 2, 3].map(() => api.call('POST', at('/run'))))
    await until(async () => (await runsOf()) > 1)
    expect(await read()).toMatchObject({
      health: 'green',
      healthText: expect.stringMatching(/Its last run went well\.$/),
    })
  })

  test('of many openings of the dispatch center at once exactly one is the first, and runs the task', async () => {
    const other = await api.company()
    made.push(other)
    const openings = await Promise.all(Array.from({ length: 12 }, () => open()))
    expect(openings.map(({ status }) => status)).toEqual(Array(12).fill(200))
    expect(openings.filter(({ body }) => body.firstToday)).toHaveLength(1)
    await until(async () => (await runsOf()) > 0)
    expect((await open()).body).toEqual({ firstToday: false })
    expect((await schedule().describe()).info.numActionsTaken).toBe(1)
    expect((await schedule(other).describe()).info.numActionsTaken).toBe(0)
    expect((await open(other)).body).toEqual({ firstToday: true })
  })

  test('a day begins at midnight of the company’s zone', async () => {
    const openAt = async (moment: string) => {
      api.state.now = Date.parse(moment)
      return (await open()).body.firstToday
    }
    expect(await openAt('2026-12-01T23:30:00-06:00')).toBe(true)
    expect(await openAt('2026-12-01T23:59:59-06:00')).toBe(false)
    expect(await openAt('2026-12-02T00:00:00-06:00')).toBe(true)
    // Another API process whose clock is behind.
    expect(await openAt('2026-12-01T23:59:59-06:00')).toBe(false)
  })

  test('with Temporal away whatever is asked is accepted, shown as red, and done when it is back', async () => {
    line.cut()
    const saved = await api.call('PUT', at(), { body: wanted })
    expect([saved.status, saved.body.health, saved.body.healthText]).toEqual([
      200,
      'red',
      expect.stringContaining('Temporal does not answer'),
    ])
    expect((await open()).body).toEqual({ firstToday: true })
    expect((await api.call('POST', at('/run'))).status).toBe(202)
    line.mend()
    keeper.start()
    try {
      await until(async () => (await runsOf()) > 0)
    } finally {
      await keeper.stop()
    }
    expect((await schedule().describe()).spec.intervals?.[0]?.every).toBe(15 * minutes)
    expect((await open()).body).toEqual({ firstToday: false })
    await until(async () => (await read()).health === 'green')
  })

  test('a schedule that somebody paused or deleted in Temporal is red, and saving the task again mends it', async () => {
    await schedule().pause()
    expect(await read()).toMatchObject({ health: 'red', healthText: expect.stringContaining('paused in Temporal') })
    expect((await api.call('PUT', at(), { body: wanted })).body.health).toBe('green')
    await schedule().delete()
    expect(await read()).toMatchObject({ health: 'red', healthText: expect.stringContaining('no schedule') })
    expect((await api.call('PUT', at(), { body: wanted })).body.health).toBe('green')

    await schedule().delete()
    expect((await api.call('POST', at('/run'))).body.health).toBe('green')
    await until(async () => (await runsOf()) > 0)
  })

  test('schedules that Temporal has lost are made again by themselves', async () => {
    await schedule().delete()
    await until(async () => !(await scheduledCompanies(world.client)).includes(company))
    const restarted = createScheduleKeeper({ db: world.db, temporal: temporal(), log: pino({ level: 'silent' }) })
    restarted.start()
    try {
      await until(async () => (await read()).health === 'green')
    } finally {
      await restarted.stop()
    }
  })

  test('a confirmed route without a workflow is red, and a run starts it', async () => {
    const day = new Date(Date.now() + 24 * 60 * minutes).toISOString()
    const stops = routeOf().stops.map((stop) => ({ ...stop, scheduledAt: day }))
    const path = `/v1/companies/${company}/routes/r1`
    await api.call('PUT', path, { body: routeOf({ serviceDate: day.slice(0, 10), stops }) })
    await api.call('POST', `${path}/confirm`)
    // The forwarder of these tests tells Temporal nothing; so it has been for a while.
    const aWhileAgo = (column: string) => ({ [column]: world.db.raw(`${column} - interval '2 minutes'`) })
    await world.db('routes').where({ company_id: company }).update(aWhileAgo('updated_at'))
    expect(await read()).toMatchObject({ health: 'red', healthText: expect.stringMatching(/1 route .*\(r1\)/) })
    await world.db('outbox').where({ company_id: company }).update(aWhileAgo('created_at'))
    expect((await read()).healthText).toContain('wait for Temporal')
    await world.db('outbox').where({ company_id: company }).delete()

    await api.call('POST', at('/run'))
    await until(async () => (await read()).health === 'green')
    const route = world.client.workflow.getHandle(`route/${company}/r1`)
    expect((await route.describe()).status.name).toBe('RUNNING')
    await route.terminate()
  })

  test('of a task that cannot be, everything that is wrong with it is said at once', async () => {
    const reply = await api.call('PUT', at(), {
      body: { description: ' ', active: 'yes', intervalMinutes: 0, priority: 6, cron: '* * * * *' },
    })
    expect([reply.status, reply.body.code]).toEqual([422, 'invalid_request'])
    const problems = Object.fromEntries(
      reply.body.problems.map(({ path, message }: { path: string; message: string }) => [path, message]),
    )
    expect(Object.keys(problems).sort()).toEqual(['active', 'cron', 'description', 'intervalMinutes', 'priority'])
    expect(problems).toMatchObject({
      intervalMinutes: 'must be at least 1, is 0',
      priority: 'must be at most 5, is 6',
    })
    for (const intervalMinutes of [1.5, 1441, null])
      expect((await api.call('PUT', at(), { body: { ...wanted, intervalMinutes } })).status).toBe(422)
    expect(await read()).toMatchObject({ intervalMinutes: 5, priority: 3 })
  })

  test('a company that does not exist has no task and no dispatch center', async () => {
    for (const [method, path, body] of [
      ['GET', at('', 'nowhere'), undefined],
      ['PUT', at('', 'nowhere'), wanted],
      ['POST', at('/run', 'nowhere'), undefined],
      ['POST', '/v1/companies/nowhere/dispatch-center/open', undefined],
    ] as const) {
      const reply = await api.call(method, path, { body })
      expect([method, path, reply.status, reply.body.code]).toEqual([method, path, 404, 'not_found'])
    }
  })
})
