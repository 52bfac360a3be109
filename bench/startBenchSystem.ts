import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { ended } from '../dev/productProcesses'
import { startMeasuredSystem } from '../dev/startMeasuredSystem'

export const rawTaskQueue = 'bench-raw'

export type BenchSystem = Awaited<ReturnType<typeof startBenchSystem>>

/** The product as in production, a process each for API and worker, beside a bare worker on the same Temporal server. */
export async function startBenchSystem(log: (line: string) => void) {
  const { product, db, temporal, twilio, stop } = await startMeasuredSystem(log)
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
      await ended(raw)
      await connection.close()
      await stop()
    },
  }
}
