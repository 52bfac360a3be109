import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'rule-index.md'), 'utf8')
const rules = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| rule') && !line.startsWith('| ---'))
  .map((line) => {
    const [, rule = '', code = '', tests = ''] = line.split('|').map((cell) => cell.trim())
    const [, file = '', title = ''] = /^`(.+?)`: (.+)$/.exec(tests) ?? []
    return { rule, code: [...code.matchAll(/`(.+?)`/g)].map(([, path]) => path ?? ''), file, title }
  })

/** Files of domain/ that hold words and shapes, or serve other files, and no rule of their own. */
const noRules = new Set([
  'domain/errors.ts',
  'domain/explaining/explanation.ts',
  'domain/facts.ts',
  'domain/provider.ts',
  'domain/routeEvent.ts',
  'domain/routeWorkflow.ts',
  'domain/subject.ts',
  'domain/templates/nearest.ts',
  'domain/templates/sampleFields.ts',
  'domain/words.ts',
])

test.each(rules)('"$rule" is where the index says', ({ code, file, title }) => {
  expect(code.length).toBeGreaterThan(0)
  for (const path of code) expect([path, existsSync(join(root, path))]).toEqual([path, true])
  expect([file, existsSync(join(root, file))]).toEqual([file, true])
  expect(readFileSync(join(root, file), 'utf8')).toContain(title)
})

test('every file of the domain that holds a rule is in the index', () => {
  const files = readdirSync(join(root, 'domain'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `domain/${path}`)
    .filter((path) => !noRules.has(path))
  const named = new Set(rules.flatMap(({ code }) => code))
  expect(files.filter((path) => !named.has(path))).toEqual([])
})
