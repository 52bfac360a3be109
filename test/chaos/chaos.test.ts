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
  const options = { ...defaults, seed: 7, notifications: 110 }
  const report = await runChaos(options, log, testEnvironment('TEST_WORKFLOW_BUNDLE'))
  const complaints = complaintsOf(report)
  if (complaints.length > 0) throw new Error([...lines, ...linesOf(report)].join('\n'))
  expect(report.verdict.told).toBeGreaterThan(80)
  for (const what of ['worker kills', 'API kills', 'PostgreSQL kills', 'Temporal restarts', 'provider faults met'])
    expect(`${what}: ${report.figures[what]}`).toMatch(/: [1-9]/)
}, 300_000)

test('the judge sees a message that was sent twice, and one that the product only believes to have sent', async () => {
  const options = { ...defaults, seed: 2, notifications: 40, disturbed: false, plant: ['double', 'loss'] as const }
  const report = await runChaos({ ...options, plant: [...options.plant] }, log, testEnvironment('TEST_WORKFLOW_BUNDLE'))
  const { doubled, lost, wrong } = report.verdict
  expect({ doubled, lost, wrong }).toEqual({
    doubled: [expect.stringMatching(/^confirmed r\d+ C-\S+ \+1512\d+: told 2 times$/)],
    lost: [expect.stringMatching(/^departed r\d+ C-\S+ \+1512\d+: delivered$/)],
    wrong: [],
  })
}, 300_000)
