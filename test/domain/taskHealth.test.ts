import { type TaskState, taskHealth } from '../../domain/taskHealth'

const now = Date.parse('2026-12-02T12:00:00Z')
const minutes = 60_000

/** A task of every 5 minutes that is well. */
function state(changes: Partial<TaskState> = {}): TaskState {
  return {
    now,
    active: true,
    intervalMinutes: 5,
    changedAt: now - 600 * minutes,
    lastRun: { startedAt: now - 3 * minutes, failure: null },
    temporal: {
      schedule: { paused: false, nextRunAt: now + 2 * minutes },
      workerPolls: true,
      missingRoutes: [],
    },
    overdue: 0,
    unknown: 0,
    outboxSince: null,
    notHandedOff: [],
    ...changes,
  }
}

function temporal(changes: Partial<NonNullable<TaskState['temporal']>>): Partial<TaskState> {
  const well = state().temporal
  return { temporal: well && { ...well, ...changes } }
}

test('a task that is well says what it does next', () => {
  expect(taskHealth(state())).toEqual({
    health: 'green',
    healthText: 'Runs every 5 minutes, next at 2026-12-02T12:02:00.000Z. Its last run went well.',
  })
})

test('a task that was made a moment ago is well although it has not run yet', () => {
  const { health, healthText } = taskHealth(state({ changedAt: now - 1 * minutes, lastRun: null, intervalMinutes: 1 }))
  expect([health, healthText]).toEqual([
    'green',
    expect.stringMatching(/^Runs every 1 minute,.* It has not run yet\.$/),
  ])
})

test.each<[string, Partial<TaskState>, RegExp]>([
  ['an inactive task', { active: false }, /is inactive.*Set "active" to true/],
  ['Temporal away', { temporal: null }, /Temporal does not answer.*Check the server/],
  [
    'a schedule that is missing in Temporal',
    temporal({ schedule: null }),
    /no schedule.*Save the task again, or run it/,
  ],
  [
    'a schedule paused in Temporal',
    temporal({ schedule: { paused: true, nextRunAt: null } }),
    /was paused in Temporal.*Save the task again/,
  ],
  ['no worker', temporal({ workerPolls: false }), /No worker polls.*Start one/],
  [
    'a run that failed',
    { lastRun: { startedAt: now, failure: 'lookUpUnknown: ECONNREFUSED' } },
    /last run failed \(lookUpUnknown: ECONNREFUSED\).*mend the cause/,
  ],
  [
    'a run that is overdue',
    { lastRun: { startedAt: now - 11 * minutes, failure: null } },
    /No run has ended for 11 minutes, of an interval of 5.*Look at/,
  ],
  ['a first run that never came', { changedAt: now - 12 * minutes, lastRun: null }, /No run has ended for 12 minutes/],
  [
    'routes without a workflow',
    temporal({ missingRoutes: ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'] }),
    /^6 routes should be running and are not \(r1, r2, r3, r4, r5, …\): run the task/,
  ],
  ['one route without a workflow', temporal({ missingRoutes: ['r1'] }), /^1 route should be running and is not \(r1\)/],
  ['requests that wait for Temporal', { outboxSince: now - 2 * minutes }, /wait for Temporal since 2026-12-02T11:58/],
  ['messages that are overdue', { overdue: 2 }, /^2 messages should have gone/],
  [
    'a vendor that does not take a route',
    { notHandedOff: ['r1'] },
    /^A vendor does not take .* 1 route \(r1\): read its/,
  ],
  ['a message of unknown outcome', { unknown: 1 }, /^Of 1 message nobody knows whether it went out.*resend/],
])('%s is red and says what to do', (_, changes, text) => {
  expect(taskHealth(state(changes))).toEqual({ health: 'red', healthText: expect.stringMatching(text) })
})

test('a run is overdue after two intervals, not at them, and a change of the interval starts the count afresh', () => {
  const healthAfter = (silent: number, changed = 600 * minutes) =>
    taskHealth(state({ lastRun: { startedAt: now - silent, failure: null }, changedAt: now - changed })).health
  expect(healthAfter(10 * minutes)).toBe('green')
  expect(healthAfter(10 * minutes + 1)).toBe('red')
  expect(healthAfter(60 * minutes, 10 * minutes)).toBe('green')
})

test('a request that Temporal has yet to hear of is no trouble for a minute', () => {
  expect(taskHealth(state({ outboxSince: now - 1 * minutes })).health).toBe('green')
})

test('of what keeps the task from its work the cause alone is told; what is amiss although it works, all of it', () => {
  const amiss = { overdue: 1, unknown: 1, ...temporal({ missingRoutes: ['r1'] }) }
  const works = taskHealth(state(amiss)).healthText
  for (const part of ['1 route should', '1 message should have gone', 'nobody knows']) expect(works).toContain(part)
  expect(taskHealth(state({ ...amiss, active: false })).healthText).not.toContain('1 message')
})
