import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { commandLine, isAlive } from './processes'

const prefix = 'dispatch-notifications-run-'
const childFile = 'child.json'

interface Child {
  pid: number
  /** A piece of the child's command line that no other process has. */
  command: string
}

/**
 * Makes the folder that one run of a helper server lives in. Its name carries the id of the process that owns it, so
 * that a later run can tell an abandoned folder from one in use even if its maker was killed at once.
 */
export function createRunFolder(kind: string, parent: string): string {
  return mkdtempSync(join(parent, `${prefix}${kind}-${process.pid}-`))
}

/** Notes the server process of a run folder, for `removeAbandoned` of a later run. */
export function rememberChild(folder: string, child: Child): void {
  writeFileSync(join(folder, childFile), JSON.stringify(child))
}

function rememberedChild(folder: string): Child | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, childFile), 'utf8'))
  } catch {
    // Killed before it was written, or another user's folder: there is nothing that we may stop.
    return undefined
  }
}

async function endOrphan({ pid, command }: Child): Promise<void> {
  // The id may have gone to another process since: only one whose command line is ours is touched.
  const runs = () => isAlive(pid) && commandLine(pid).includes(command)
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    if (!runs()) return
    process.kill(pid, signal)
    for (let waited = 0; waited < 3000 && runs(); waited += 50) await delay(50)
  }
}

/**
 * Ends the servers and removes the folders of earlier runs of this kind whose owner was killed. Folders of living
 * owners and of other users are left alone. Never throws: what cannot be cleaned does not stop a new run.
 */
export async function removeAbandoned(kind: string, parent: string, log: (line: string) => void): Promise<void> {
  const owned = new RegExp(`^${prefix}${kind}-(\\d+)-\\w+$`)
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    const owner = Number(owned.exec(name)?.[1])
    if (!owner || isAlive(owner)) continue
    const folder = join(parent, name)
    try {
      const child = rememberedChild(folder)
      if (child) await endOrphan(child)
      rmSync(folder, { recursive: true, force: true })
      log(`Removed what an earlier run left behind (${folder}, owner ${owner} is gone)`)
    } catch {
      // Another user's, or another process cleans it at this moment.
    }
  }
}
