import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'

/** The OS user that PostgreSQL runs as. Without ids: whoever we are. */
export interface Account {
  name: string
  ids: { uid: number; gid: number } | Record<string, never>
}

function id(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
}

/**
 * PostgreSQL refuses to run as root. As root, its processes get the OS user `postgres`, or `nobody` where there is none
 * (it must have a name: initdb looks it up). No user is created.
 */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return { name: 'this user', ids: {} }
  for (const name of ['postgres', 'nobody']) {
    try {
      return { name, ids: { uid: id('-u', name), gid: id('-g', name) } }
    } catch {
      // No such user: try the next.
    }
  }
  throw new Error(
    'startPostgres: PostgreSQL does not run as root, and there is no OS user "postgres" or "nobody" to run it as. ' +
      'Run this as an ordinary user, create the user (useradd postgres), or set DATABASE_URL.',
  )
}

function everyoneMayEnter(folder: string): boolean {
  try {
    const parent = dirname(folder)
    return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || everyoneMayEnter(parent))
  } catch {
    return false
  }
}

/** A temporary folder that the account can enter: the OS's own unless we act for another user who may not. */
export function temporaryFolder(account: Account): string {
  if (account.ids.uid === undefined) return tmpdir()
  const candidates = [tmpdir(), '/tmp', '/var/tmp']
  const found = candidates.find(everyoneMayEnter)
  if (found) return found
  throw new Error(
    `startPostgres: the OS user "${account.name}" cannot enter any temporary folder (tried ${candidates.join(', ')}; ` +
      'each folder above must be o+x). Point TMPDIR at one that it can enter, or set DATABASE_URL.',
  )
}
