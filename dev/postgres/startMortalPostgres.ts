import { rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { onFreePort } from '../freePort'
import { type RunningCluster, runCluster } from './cluster'
import { createDatabase } from './createDatabase'
import { newCluster } from './startPostgres'

/** A PostgreSQL that can be killed and started again on the same port, and then has all that was committed. */
export interface MortalPostgres {
  url: string
  createDatabase(name: string): Promise<string>
  /** Ends the server with kill -9, as a crash does. */
  kill(): Promise<void>
  /** Starts it again, with crash recovery. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Its children go on for a moment after a kill of the postmaster, and until then no other one may have their data. */
const heirsMs = 30_000

/** Starts a throw-away cluster of its own, whatever DATABASE_URL says: nobody else's is killed. */
export async function startMortalPostgres(log: (line: string) => void): Promise<MortalPostgres> {
  const cluster = await newCluster(log)
  let running: RunningCluster | undefined
  const port = await onFreePort(async (free) => {
    running = await runCluster(cluster, free, { lasting: true })
    return free
  })
  const { url } = running as RunningCluster
  const kill = async (signal: NodeJS.Signals) => {
    await running?.server.stop(signal, 5_000)
    running = undefined
  }
  return {
    url,
    createDatabase: (name) => createDatabase(url, name),
    kill: () => kill('SIGKILL'),
    async start() {
      for (const until = Date.now() + heirsMs; running === undefined; ) {
        try {
          running = await runCluster(cluster, port, { lasting: true })
        } catch (error) {
          if (Date.now() > until) throw error
          await delay(100)
        }
      }
    },
    async stop() {
      await kill('SIGINT')
      rmSync(cluster.folder, { recursive: true, force: true })
    },
  }
}
