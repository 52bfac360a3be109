import { defaults } from '../../dev/chaos/options'
import { complaintsOf, linesOf } from '../../dev/chaos/report'
import { runChaos } from '../../dev/chaos/runChaos'
import { testEnvironment } from '../setup/freshDatabase'

/** What happened on the way is shown when a run fails: its processes, and what struck them. */
const lines: string[] = []
const log = (line: string) => lines.push(line)
beforeEach(() => {
  lines.length = 0
})

test('a small storm (npm run chaos plays larger ones): everybody is told once, every non-send has its reason, nothing is left', async () => {
  // Of this seed each story is told, and it is over within a minute on two processors of its own.
  const options = { ...defaults, seed: 37, notifications: 80 }
  const report = await runChaos(options, log, testEnvironment('TEST_WORKFLOW_BUNDLE'))
  const complaints = complaintsOf(report)
  if (complaints.length > 0) throw new Error([...lines, ...linesOf(report)].join('\n'))
  expect(report.verdict.told).toBeGreaterThan(40)
  for (const what of ['worker kills', 'API kills', 'PostgreSQL kills', 'Temporal restarts', 'provider faults met'])
    expect(`${what}: ${report.figures[what]}`).toMatch(/: [1-9]/)
}, 600_000)

test('the judge sees a message that was sent twice, one that the product only believes to have sent, and a request that was lost', async () => {
  const options = { ...defaults, seed: 21, notifications: 40, disturbed: false, plant: ['double', 'loss'] as const }
  const report = await runChaos({ ...options, plant: [...options.plant] }, log, testEnvironment('TEST_WORKFLOW_BUNDLE'))
  const { doubled, lost, wrong, unexplained } = report.verdict
  const unheard = lost.filter((line) => / r0 /.test(line))
  expect({ doubled, lost: lost.filter((line) => !unheard.includes(line)), wrong }).toEqual({
    doubled: [expect.stringMatching(/^cancelled r\d+ C-\S+ \+1512\d+: told 2 times$/)],
    lost: [expect.stringMatching(/^departed r\d+ C-\S+ \+1512\d+: delivered$/)],
    wrong: [],
  })
  // Of the route that Temporal never heard of nobody was told that the truck has left, and there is no reason for anything.
  expect(unheard.length).toBeGreaterThan(1)
  for (const each of unheard) expect(each).toMatch(/^departed r0 \S+ \S+: no notification$/)
  for (const each of unexplained) expect(each).toMatch(/^(confirmed|arrived) r0 .*: no notification/)
  expect(report.problems[0]).toBe('route r0 (geofence) is confirmed, not completed')
}, 600_000)
