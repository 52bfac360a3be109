import { variables } from '../../config/variables'
import { defaultSettings } from '../../domain/settings'
import { docsTable } from './docsTable'

test('docs/configuration.md lists the variables that the code reads, and no others', () => {
  const documented = docsTable('configuration.md', '## Variables').map(([name = '']) => name)
  expect(documented.filter((name) => name in variables || !name.startsWith('TEMPORAL_')).sort()).toEqual(
    Object.keys(variables).sort(),
  )
})

test('docs/configuration.md gives the defaults of the variables that have one', () => {
  const defaults = Object.fromEntries(
    docsTable('configuration.md', '## Variables').map(([name = '', value]) => [name, value]),
  )
  for (const [name, schema] of Object.entries(variables)) {
    const parsed = schema.safeParse(undefined)
    if (parsed.success) expect([name, defaults[name]]).toEqual([name, String(parsed.data)])
  }
})

test('docs/configuration.md lists every settings field with its default, and no others', () => {
  const documented = docsTable('configuration.md', '## Settings of a company').map(([path, value]) => [path, value])
  expect(documented).toEqual(fieldsOf(defaultSettings).map(([path, value]) => [path, JSON.stringify(value)]))
})

function fieldsOf(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]]
  return Object.entries(value).flatMap(([key, child]) => fieldsOf(child, path === '' ? key : `${path}.${key}`))
}
