import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { leash } from './leash'
import { rememberChild } from './runFolder'

export interface LaunchOptions {
  /** What people call it, for messages: "PostgreSQL". */
  what: string
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  /** Removed when the server has ended, unless it is to be started in it again. */
  runFolder: string
  keepFolder?: boolean
  /** A piece of the command line that no other process has. */
  mark: string
  uid?: number
  gid?: number
}

export interface ServerProcess {
  pid: number
  /** Resolves when the server prints such a line. */
  line(matches: (line: string) => boolean): Promise<void>
  /** Waits for `ready`; rejects with the server's last lines when it ends or `withinMs` pass before. */
  readyWhen(ready: Promise<unknown>, withinMs: number): Promise<void>
  /** Sends `signal`, after `graceMs` SIGKILL, and resolves when the server and its folder are gone. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<void>
}

const keptLines = 15

/** Starts a helper server that ends with this process. Rejects when the program cannot be run at all. */
export async function launch(options: LaunchOptions): Promise<ServerProcess> {
  const { what, command, args, env, runFolder, keepFolder = false, mark, uid, gid } = options
  const account = uid === undefined || gid === undefined ? {} : { uid, gid }
  const child = spawn(command, args, {
    ...account,
    env,
    cwd: runFolder,
    // Its own group: on Ctrl-C we decide in which order things stop.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const listeners = new Set<(line: string) => void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      if (lines.length > keptLines) lines.shift()
      for (const listener of listeners) listener(line)
    })
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    // 'close', not 'exit': by then its last lines have been read.
    child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })
  const { pid } = child
  if (pid === undefined) {
    const reason = await ended
    rmSync(runFolder, { recursive: true, force: true })
    throw new Error(`${what} could not be started: ${reason} (${command}).`)
  }
  rememberChild(runFolder, { pid, command: mark })
  const untie = leash(pid, runFolder)
  const cleaned = ended.then(() => {
    untie()
    if (!keepFolder) rmSync(runFolder, { recursive: true, force: true })
  })

  return {
    pid,
    line: (matches) =>
      new Promise((resolve) => {
        const listener = (line: string) => {
          if (!matches(line)) return
          listeners.delete(listener)
          resolve()
        }
        listeners.add(listener)
      }),
    async readyWhen(ready, withinMs) {
      const seen = () => ` Its last lines:\n${lines.map((line) => `  ${line}`).join('\n') || '  (it printed nothing)'}`
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`${what} did not answer within ${withinMs / 1000} s.${seen()}`)),
          withinMs,
        )
      })
      const died = ended.then((how) => {
        throw new Error(`${what} ended (${how}) before it answered.${seen()}`)
      })
      died.catch(() => {})
      await Promise.race([ready, died, late]).finally(() => clearTimeout(timer))
    },
    async stop(signal, graceMs) {
      child.kill(signal)
      const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await cleaned
      clearTimeout(impatience)
    },
  }
}
