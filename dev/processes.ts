import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Whether a process with this id runs. A zombie (killed, not yet collected by its parent) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return !/\) Z /.test(read(`/proc/${pid}/stat`))
}

/** The command line of a process with its arguments separated by spaces; empty when it is gone or cannot be seen. */
export function commandLine(pid: number): string {
  const fromProc = read(`/proc/${pid}/cmdline`)
  if (fromProc) return fromProc.replaceAll('\0', ' ').trim()
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio }).trim()
  } catch {
    return ''
  }
}
