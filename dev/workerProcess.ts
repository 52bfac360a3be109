import type { ChildProcess } from 'node:child_process'
import { ended, runMain } from './productProcesses'

export interface WorkerProcess {
  /** Of the process that runs now. */
  readonly pid: number | undefined
  stop(): Promise<void>
}

/**
 * Runs the worker as a process of its own, as production does, and starts it again when it dies, as a process manager
 * does there. `environment` is all that it sees of ours.
 */
export function superviseWorker(
  environment: Record<string, string>,
  bundlePath: string,
  log: (line: string) => void,
): WorkerProcess {
  let child: ChildProcess
  let stopping = false

  function start(): void {
    child = runMain('worker/main.ts', [bundlePath], environment)
    log(`worker: process ${child.pid}`)
    child.once('exit', (code, signal) => {
      if (stopping) return
      log(`worker: ended by ${signal ?? `code ${code}`}; starting it again`)
      start()
    })
  }

  start()
  return {
    get pid() {
      return child.pid
    },
    async stop() {
      stopping = true
      await ended(child)
    },
  }
}
