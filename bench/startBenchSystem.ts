import { type ChildProcess, fork, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { connectDatabase } from '../db/connect'
import { migrate } from '../db/migrate'
import { onFreePort } from '../dev/freePort'
import { startPostgres } from '../dev/postgres/startPostgres'
import { startTemporal } from '../dev/temporal/startTemporal'
import { startTwilioStandIn } from '../dev/twilio/startTwilioStandIn'
import { buildWorkflowBundle } from '../scripts/workflowBundle'

const account = { accountSid: `AC${'b'.repeat(32)}`, authToken: 'bench' }
export const rawTaskQueue = 'bench-raw'

export type BenchSystem = Awaited<ReturnType<typeof startBenchSystem>>

/** The product as in production, a process each for API and worker, beside a bare worker on the same Temporal server. */
export async function startBenchSystem(log: (line: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'dispatch-notifications-bench-'))
  const bundlePath = join(folder, 'workflows.js')
  const postgres = await startPostgres({ log })
  const temporal = await startTemporal({ log })
  const twilio = await startTwilioStandIn({ ...account })
  await buildWorkflowBundle(bundlePath)
  const databaseUrl = await postgres.createDatabase(`bench_${randomBytes(4).toString('hex')}`)
  const db = connectDatabase(databaseUrl)
  await migrate(db)
  const adminKey = randomBytes(24).toString('hex')

  const children: ChildProcess[] = []
  const run = (main: string, args: string[], env: Record<string, string>) => {
    const path = join(__dirname, '..', main)
    const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    children.push(child)
    return child
  }
  const url = await onFreePort(async (port) => {
    const env = {
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ADMIN_API_KEY: adminKey,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_FROM: '+15005550006',
      TWILIO_API_URL: twilio.url,
      LOG_LEVEL: 'error',
    }
    run('worker/main.ts', [bundlePath], env)
    run('api/main.ts', [], env)
    await answers(`${env.PUBLIC_URL}/readyz`)
    return env.PUBLIC_URL
  })
  const raw = fork(join(__dirname, 'rawWorker.ts'), [temporal.address, temporal.namespace, rawTaskQueue], {
    execArgv: ['--import', 'tsx'],
  })
  children.push(raw)
  await once(raw, 'message')
  const connection = await Connection.connect({ address: temporal.address })

  async function call(method: string, path: string, body?: unknown): Promise<void> {
    const response = await fetch(`${url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`)
  }

  return {
    call,
    twilio,
    client: new Client({ connection, namespace: temporal.namespace }),
    /** When the bare worker's next activity begins, on the clock of `performance.timeOrigin`. */
    nextMark: async (): Promise<number> => ((await once(raw, 'message')) as [{ markedAt: number }])[0].markedAt,
    async stop(): Promise<void> {
      await Promise.all(children.map(ended))
      await connection.close()
      await db.destroy()
      await Promise.all([twilio.stop(), temporal.stop(), postgres.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function answers(url: string): Promise<void> {
  for (const until = Date.now() + 60_000; ; await delay(200)) {
    const ready = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    if (Date.now() > until) throw new Error(`${url} is not ready after a minute; see the errors above.`)
  }
}
