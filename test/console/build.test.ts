import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { consoleBuild } from '../setup/consoleBuild'

const kilobyte = 1000

test('what a first visit loads stays under 250 KB', async () => {
  const folder = await consoleBuild()
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
  // The page of routes, where everybody lands, is fetched by the script.
  const landing = readdirSync(join(folder, 'assets')).filter((file) => file.startsWith('RoutesPage-'))
  const files = [...named, ...landing.map((file) => `/assets/${file}`)]
  expect(files.length).toBeGreaterThanOrEqual(4)
  const sizes = files.map((file) => gzipSync(readFileSync(join(folder, file))).length)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(250 * kilobyte)
})

test('each Mantine component that the console uses brings its style sheet', () => {
  const folder = join(__dirname, '..', '..', 'console')
  const sheets = readFileSync(join(folder, 'app', 'mantineStyles.ts'), 'utf8')
  const styled = readdirSync(join(__dirname, '..', '..', 'node_modules', '@mantine', 'core', 'styles'))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))
  const used = files.flatMap((file) => {
    const [, names = ''] =
      /import \{([^}]*)\} from '@mantine\/core'/.exec(readFileSync(join(folder, file), 'utf8')) ?? []
    return names.split(',').map((name) => name.trim())
  })
  expect(used).toContain('Button')
  const lacking = used.filter((name) => styled.includes(`${name}.css`) && !sheets.includes(`/${name}.css'`))
  expect(lacking).toEqual([])
})
