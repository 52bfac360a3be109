import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { ended, runMain } from './productProcesses'

export interface Supervised {
  /** Of the process that runs now. */
  readonly pid: number | undefined
  /** How often it ended by itself, because what it needs was away. */
  readonly failures: number
  /** Ends it as a crash does; it is started again. */
  kill(): void
  stop(): Promise<void>
}

/** What it needs may be away for seconds: each start costs a second of a processor. */
const pauseMs = 300

/**
 * Runs a main file of the product as a process of its own, as production does, and starts it again when it dies, as a
 * process manager does there. `environment` is all that it sees of ours.
 */
export function supervise(
  name: string,
  [main, ...args]: [main: string, ...args: string[]],
  environment: Record<string, string>,
  log: (line: string) => void,
): Supervised {
  let child: ChildProcess
  let stopping = false
  let failures = 0

  function start(): void {
    child = runMain(main, args, environment)
    log(`${name}: process ${child.pid}`)
    child.once('exit', async (code, signal) => {
      if (stopping) return
      log(`${name}: ended by ${signal ?? `code ${code}`}; starting it again`)
      if (signal === null) {
        failures += 1
        await delay(pauseMs)
      }
      if (!stopping) start()
    })
  }

  start()
  return {
    get pid() {
      return child.pid
    },
    get failures() {
      return failures
    },
    kill: () => {
      child.kill('SIGKILL')
    },
    async stop() {
      stopping = true
      await ended(child)
    },
  }
}
