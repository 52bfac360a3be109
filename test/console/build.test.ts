import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { consoleBuild } from '../setup/consoleBuild'

const kilobyte = 1000

interface Chunk {
  file: string
  css?: string[]
  /** Chunks that come with it. */
  imports?: string[]
}

test('what a first visit loads stays under 250 KB', async () => {
  const folder = await consoleBuild()
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'))
  const files = new Set<string>()
  const add = (name: string) => {
    const chunk = manifest[name]
    if (chunk === undefined) throw new Error(`The build has no ${name}.`)
    if (files.has(chunk.file)) return
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    chunk.imports?.forEach(add)
  }
  add('index.html')
  // Where everybody lands; its code is fetched by the script.
  add('pages/routes/RoutesPage.tsx')
  expect(files.size).toBeGreaterThanOrEqual(4)
  const sizes = [...files].map((file) => gzipSync(readFileSync(join(folder, file))).length)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(250 * kilobyte)
})

test('the driver’s page is a few kilobytes', async () => {
  const folder = await consoleBuild()
  const html = readFileSync(join(folder, 'driver.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(named.length).toBeGreaterThanOrEqual(2)
  const sizes = named.map((file) => gzipSync(readFileSync(join(folder, file))).length)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(8 * kilobyte)
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
