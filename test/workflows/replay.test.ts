import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { testEnvironment } from '../setup/freshDatabase'

/**
 * Histories of real routes (scripts/recordHistories.ts). Routes sleep for days and wake up in the code of a later release:
 * a change after which these do not replay would leave such routes stuck.
 */
const folder = join(__dirname, '..', 'histories')
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
const historyOf = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))

beforeAll(() => {
  const logging = { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } as const
  // A replay that fails is logged as an error; here it is what a test waits for.
  Runtime.install({ logger: new DefaultLogger('ERROR', () => {}), telemetryOptions: { logging } })
})

test('there are histories to replay', () => {
  expect(names.length).toBeGreaterThanOrEqual(3)
})

test.each(names)('the present workflow carries on %s', async (name) => {
  const workflowBundle = { codePath: testEnvironment('TEST_WORKFLOW_BUNDLE') }
  await Worker.runReplayHistory({ workflowBundle }, historyOf(name), 'route/c/r1')
})

test('a change that would break sleeping routes is seen: a workflow with one more timer fails every history', async () => {
  const workflowsPath = require.resolve('./variants/hastyRoute')
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
  for (const name of names) {
    const replay = Worker.runReplayHistory({ workflowBundle }, historyOf(name), 'route/c/r1')
    await expect(replay).rejects.toThrow(/Nondeterminism/)
  }
})

test('no recorded history holds a name, a number or an address', () => {
  const payloads = names.flatMap((name) => {
    const json = readFileSync(join(folder, name), 'utf8')
    return [
      json,
      ...[...json.matchAll(/"data": ?"([^"]+)"/g)].map(([, data]) => Buffer.from(data ?? '', 'base64').toString()),
    ]
  })
  expect(payloads.filter((text) => /Ann|Main St|example\.com|555-?01/.test(text))).toEqual([])
})
