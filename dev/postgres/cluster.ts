import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createRunFolder } from '../runFolder'
import { launch, type ServerProcess } from '../serverProcess'
import type { Account } from './account'
import type { Binaries } from './binaries'

const run = promisify(execFile)

// Nothing of the caller's PG* or LC_* variables may reach the server: the messages below are matched in English.
const env = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

// The data is thrown away, so nothing waits for the disk.
const settings = [
  'fsync=off',
  'full_page_writes=off',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
].flatMap((setting) => ['-c', setting])

async function initialise(initdb: string, data: string, password: string, account: Account): Promise<void> {
  const passwordFile = `${data}.password`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account.ids.uid !== undefined) chownSync(passwordFile, account.ids.uid, account.ids.gid)
  const flags = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C']
  try {
    await run(initdb, [`--pgdata=${data}`, ...flags, '--no-sync', '--no-instructions'], {
      ...account.ids,
      env,
      cwd: '/',
    })
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(`startPostgres: initdb could not create a database cluster in ${data}: ${stderr || String(error)}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** A cluster on disk, not necessarily running. */
export interface Cluster {
  binaries: Binaries
  account: Account
  folder: string
  data: string
  password: string
}

/** Creates a throw-away cluster in a folder below `temporary`. */
export async function createCluster(binaries: Binaries, account: Account, temporary: string): Promise<Cluster> {
  const folder = createRunFolder('postgres', temporary)
  const data = join(folder, 'data')
  const password = randomBytes(12).toString('hex')
  try {
    mkdirSync(data, { mode: 0o700 })
    if (account.ids.uid !== undefined) {
      for (const path of [folder, data]) chownSync(path, account.ids.uid, account.ids.gid)
    }
    await initialise(binaries.initdb, data, password, account)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return { binaries, account, folder, data, password }
}

export interface RunningCluster {
  url: string
  server: ServerProcess
}

/**
 * Runs a cluster on a port of 127.0.0.1. `lasting`: what was committed survives a kill -9 of the server, and the folder
 * stays when it ends, so that it can be run again.
 *
 * @throws Error with PostgreSQL's last log lines when it ends or is not ready within 60 s
 */
export async function runCluster(
  { binaries, account, folder, data, password }: Cluster,
  port: number,
  { lasting = false } = {},
): Promise<RunningCluster> {
  const server = await launch({
    what: 'PostgreSQL',
    command: binaries.postgres,
    args: ['-D', data, '-p', String(port), ...settings, '-c', `synchronous_commit=${lasting ? 'on' : 'off'}`],
    env,
    runFolder: folder,
    keepFolder: lasting,
    mark: data,
    ...account.ids,
  })
  const ready = server.line((line) => line.includes('database system is ready to accept connections'))
  try {
    await server.readyWhen(ready, 60_000)
  } catch (error) {
    await server.stop('SIGQUIT', 1000)
    throw error
  }
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, server }
}
