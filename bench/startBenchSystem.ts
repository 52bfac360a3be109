import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { connectDatabase } from '../db/connect'
import { migrate } from '../db/migrate'
import { startPostgres } from '../dev/postgres/startPostgres'
import { ended, startProduct } from '../dev/productProcesses'
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
  const product = await startProduct({ databaseUrl, temporal, twilio: { ...account, url: twilio.url } }, bundlePath)
  const raw = fork(join(__dirname, 'rawWorker.ts'), [temporal.address, temporal.namespace, rawTaskQueue], {
    execArgv: ['--import', 'tsx'],
  })
  await once(raw, 'message')
  const connection = await Connection.connect({ address: temporal.address })

  return {
    async call(method: string, path: string, body?: unknown): Promise<void> {
      const response = await fetch(`${product.url}/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${product.adminKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body ?? {}),
      })
      const answer = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`)
    },
    twilio,
    db,
    client: new Client({ connection, namespace: temporal.namespace }),
    /** When the bare worker's next activity begins, on the clock of `performance.timeOrigin`. */
    nextMark: async (): Promise<number> => ((await once(raw, 'message')) as [{ markedAt: number }])[0].markedAt,
    async stop(): Promise<void> {
      await Promise.all([product.stop(), ended(raw)])
      await connection.close()
      await db.destroy()
      await Promise.all([twilio.stop(), temporal.stop(), postgres.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
