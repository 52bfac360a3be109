import { tmpdir } from 'node:os'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { onFreePort } from '../freePort'
import { removeAbandoned } from '../runFolder'
import { startDevServer, type Temporal } from './devServer'
import { findCli } from './findCli'
import { askForNamespace } from './serving'

export type { Temporal }

export interface TemporalOptions {
  /** `default` when left out; of a server of TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE if that is set. */
  namespace?: string
  /** Lets workflows skip time (each must ask for it). A server of TEMPORAL_ADDRESS must have been started so. */
  timeSkipping?: boolean
  /** Serves Temporal's web UI too. */
  ui?: boolean
  /** Keeps workflows in this SQLite file; in memory when left out. */
  dbFilename?: string
  /** A port of 127.0.0.1; a free one when left out. */
  port?: number
  /** Progress, a line at a time. */
  log?: (line: string) => void
  /** Where TEMPORAL_ADDRESS, PATH and the like are looked up; `process.env` when left out. */
  env?: NodeJS.ProcessEnv
}

function onlySet(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

async function useExisting(address: string, options: TemporalOptions, env: NodeJS.ProcessEnv): Promise<Temporal> {
  const configured = loadClientConnectConfig({ overrideEnvVars: onlySet(env) })
  const namespace = options.namespace ?? configured.namespace ?? 'default'
  try {
    await askForNamespace(configured.connectionOptions, namespace)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `startTemporal: the server of TEMPORAL_ADDRESS (${address}) does not answer for the namespace "${namespace}": ` +
        `${reason}. Start it, create the namespace (temporal operator namespace create -n ${namespace}), correct ` +
        'TEMPORAL_ADDRESS, or unset it to have a server started here.',
    )
  }
  const uiUrl = env.TEMPORAL_UI_URL
  return { address, namespace, ...(uiUrl ? { uiUrl } : {}), stop: async () => {} }
}

/**
 * A real Temporal server for development and tests: the one of `TEMPORAL_ADDRESS` if that is set, else the CLI's
 * development server on 127.0.0.1, which ends with this process. See `findCli` for where the CLI comes from; a download
 * happens once and is told through `log`.
 *
 * @throws Error with the choices when no CLI can be had, or with the server's last lines when it does not answer within 60 s
 */
export async function startTemporal(options: TemporalOptions = {}): Promise<Temporal> {
  const { log = () => {}, env = process.env, port, timeSkipping = false, ui = false } = options
  if (env.TEMPORAL_ADDRESS) return useExisting(env.TEMPORAL_ADDRESS, options, env)
  await removeAbandoned('temporal', tmpdir(), log)
  const cli = await findCli({ env, timeSkipping, log })
  const settings = {
    cli,
    env,
    timeSkipping,
    ui,
    namespace: options.namespace ?? 'default',
    dbFilename: options.dbFilename,
  }
  return port === undefined
    ? onFreePort((free) => startDevServer({ ...settings, port: free }))
    : startDevServer({ ...settings, port })
}
