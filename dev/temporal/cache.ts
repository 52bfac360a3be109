import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createRunFolder, removeAbandoned } from '../runFolder'

const program = process.platform === 'win32' ? 'temporal.exe' : 'temporal'

/** Where downloaded servers are kept between runs: `$XDG_CACHE_HOME` or `~/.cache`, in `dispatch-notifications`. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dispatch-notifications')
}

/** The cached CLI of this version, if there is one. */
export function cachedCli(env: NodeJS.ProcessEnv, version: string): string | undefined {
  const path = join(cacheRoot(env), `temporal-${version}`, program)
  return existsSync(path) ? path : undefined
}

/**
 * Puts a CLI into the cache. `obtain` gets a folder to work in and returns the program's path in it; the program is
 * moved to its place only after `check` passed, so that a killed download leaves nothing that a later run would trust,
 * and two processes at once each put the same file there.
 */
export async function addToCache(
  env: NodeJS.ProcessEnv,
  version: string,
  obtain: (work: string) => Promise<string>,
  check: (path: string) => Promise<unknown>,
): Promise<string> {
  const root = cacheRoot(env)
  const home = join(root, `temporal-${version}`)
  try {
    mkdirSync(home, { recursive: true })
  } catch (error) {
    throw new Error(
      `the cache folder ${home} cannot be made (${error}); set XDG_CACHE_HOME to a folder you may write to`,
    )
  }
  await removeAbandoned('download', root, () => {})
  const work = createRunFolder('download', root)
  try {
    const obtained = await obtain(work)
    chmodSync(obtained, 0o755)
    await check(obtained)
    const place = join(home, program)
    renameSync(obtained, place)
    return place
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
