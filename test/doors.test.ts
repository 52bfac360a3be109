import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(__dirname, '..')
let tree: string

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'doors-'))
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json']) cpSync(join(root, file), join(tree, file))
})
afterEach(() => rmSync(tree, { recursive: true, force: true }))

function plant(files: Record<string, string>): { passes: boolean; output: string } {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), content)
  }
  const cli = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs')
  const checked = spawnSync(process.execPath, [cli, '--config', '.dependency-cruiser.cjs', '.'], {
    cwd: tree,
    encoding: 'utf8',
  })
  return { passes: checked.status === 0, output: checked.stdout + checked.stderr }
}

const value = 'export const value = 1\n'

test.each([
  ['domain', 'db'],
  ['domain', 'config'],
  ['workflows', 'db'],
  ['workflows', 'activities'],
  ['activities', 'config'],
  ['api', 'worker'],
  ['api', 'workflows'],
  ['worker', 'api'],
  ['db', 'integrations'],
  ['integrations', 'dev'],
])('an import from %s/ of %s/ is refused', (from, to) => {
  const { passes, output } = plant({
    [`${to}/other.ts`]: value,
    [`${from}/planted.ts`]: `import { value } from '../${to}/other'\nexport const copy = value\n`,
  })
  expect(passes).toBe(false)
  expect(output).toContain(`${from}-door`)
})

test('what the doors allow passes, and a workflow may know its activities by their types', () => {
  const { passes, output } = plant({
    'domain/rule.ts': value,
    'db/table.ts': `import { value } from '../domain/rule'\nexport const copy = value\n`,
    'activities/act.ts': `import { copy } from '../db/table'\nexport interface Act { run(): void }\nexport const act = copy\n`,
    'workflows/story.ts': `import type { Act } from '../activities/act'\nexport const story = (act: Act) => act.run()\n`,
  })
  expect(output).not.toContain('-door')
  expect(passes).toBe(true)
})

test('a cycle is refused', () => {
  const { passes, output } = plant({
    'domain/a.ts': `import { b } from './b'\nexport const a: number = b\n`,
    'domain/b.ts': `import { a } from './a'\nexport const b: number = a\n`,
  })
  expect(passes).toBe(false)
  expect(output).toContain('no-cycles')
})
