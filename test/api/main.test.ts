import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type FreshDatabase, freshDatabase, testEnvironment } from '../setup/freshDatabase'
import { routeOf } from './useApi'

const root = join(__dirname, '..', '..')
const adminKey = 'k'.repeat(40)

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { text: '' }
  child.stdout.on('data', (data) => (output.text += data))
  child.stderr.on('data', (data) => (output.text += data))
  return { child, output }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

describe('the API’s process', () => {
  let database: FreshDatabase
  const environment = () => ({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: testEnvironment('TEST_TEMPORAL_ADDRESS'),
    ADMIN_API_KEY: adminKey,
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    HOST: '127.0.0.1',
  })
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database[Symbol.asyncDispose]())

  test('does not start without its configuration, and lists what is missing', async () => {
    const { child, output } = start({})
    expect(await endOf(child)).toBe(78)
    for (const name of ['DATABASE_URL', 'ADMIN_API_KEY', 'ENCRYPTION_KEY', 'docs/configuration.md'])
      expect(output.text).toContain(name)
  })

  test('does not start on a database that has not been migrated', async () => {
    const empty = new URL(database.url)
    empty.pathname = '/postgres'
    const { child, output } = start({ ...environment(), DATABASE_URL: empty.href })
    expect(await endOf(child)).toBe(1)
    expect(output.text).toMatch(
      /The database lacks 0001_foundation, .*\. Run "npm run migrate", then start the API again\./,
    )
  })

  test('serves, turns red when asked to stop, finishes and ends', async () => {
    const port = await freePort()
    const { child, output } = start({ ...environment(), PORT: String(port), SHUTDOWN_NOTICE_SECONDS: '1' })
    const call = (method: string, path: string, body?: object) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    for (
      const end = Date.now() + 30_000;
      !output.text.includes('The API listens');
      await new Promise((go) => setTimeout(go, 50))
    )
      if (Date.now() > end) throw new Error(`The API did not start: ${output.text}`)

    expect((await call('PUT', '/v1/companies/c1', { name: 'Acme' })).status).toBe(201)
    const stops: object[] = []
    expect((await call('PUT', '/v1/companies/c1/routes/r1', routeOf({ stops }))).status).toBe(201)

    // A request that takes long, since somebody else works on its route.
    const other = await database.db.transaction()
    await other.raw('SELECT 1 FROM routes FOR UPDATE')
    const slow = call('PUT', '/v1/companies/c1/routes/r1', routeOf({ stops, name: 'Slowly' }))
    const waits = () =>
      database.db.raw(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`)
    while ((await waits()).rows.length === 0) await new Promise((go) => setTimeout(go, 20))

    child.kill('SIGTERM')
    for (const end = Date.now() + 5_000; ; ) {
      const ready = (await (await call('GET', '/readyz')).json()) as { checks: { process: { ok: boolean } } }
      if (!ready.checks.process.ok) break
      if (Date.now() > end) throw new Error('It did not turn red.')
    }
    // Still served, for whoever has not noticed yet.
    expect((await call('GET', '/v1/companies/c1')).status).toBe(200)
    const refused = () =>
      call('GET', '/healthz').then(
        () => false,
        () => true,
      )
    while (!(await refused())) await new Promise((go) => setTimeout(go, 50))
    expect(child.exitCode).toBeNull()
    await other.commit()
    const answer = await slow
    expect([answer.status, await answer.json()]).toMatchObject([200, { name: 'Slowly' }])
    expect(await endOf(child)).toBe(0)
    expect(output.text).toContain('"msg":"Stopped"')
  })
})
