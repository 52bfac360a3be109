import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { onFreePort } from '../freePort'
import { createRunFolder } from '../runFolder'
import { launch } from '../serverProcess'
import { untilServing } from './serving'

export interface Temporal {
  /** host:port */
  address: string
  namespace: string
  uiUrl?: string
  /** The server's process id, when it was started here. */
  pid?: number
  /** Ends a server that was started here; leaves a server of TEMPORAL_ADDRESS as it is. */
  stop(): Promise<void>
}

interface DevServerSettings {
  cli: string
  env: NodeJS.ProcessEnv
  port: number
  namespace: string
  timeSkipping: boolean
  ui: boolean
  dbFilename: string | undefined
}

/** The caller's environment without TEMPORAL_*, which the CLI would read as flags. */
function withoutTemporal(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')))
}

/** Starts `temporal server start-dev` (flags: docs.temporal.io/cli/server) and waits until it answers. */
export async function startDevServer(settings: DevServerSettings): Promise<Temporal> {
  const { cli, env, port, namespace, timeSkipping, ui, dbFilename } = settings
  const uiPort = ui ? await onFreePort(async (free) => free) : undefined
  const mark = `server start-dev --ip 127.0.0.1 --port ${port}`
  const args = [
    ...mark.split(' '),
    ...['--namespace', namespace, '--log-level', 'error', '--log-format', 'text'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    // Its working folder is thrown away, so a relative name is taken from ours.
    ...(dbFilename === undefined ? [] : ['--db-filename', resolve(dbFilename)]),
    // It would ask Temporal's version service from every laptop.
    ...['--dynamic-config-value', 'frontend.enableServerVersionCheck=false'],
    ...(timeSkipping ? ['--dynamic-config-value', 'frontend.WorkflowTimeSkippingEnabled=true'] : []),
    // How late the server may look at its timers. By default each one that is skipped to costs a second of real time.
    ...(timeSkipping ? ['--dynamic-config-value', 'history.timerProcessorMaxTimeShift="5ms"'] : []),
  ]
  const runFolder = createRunFolder('temporal', tmpdir())
  const server = await launch({
    what: 'The Temporal server',
    command: cli,
    args,
    env: withoutTemporal(env),
    runFolder,
    mark,
  })
  const address = `127.0.0.1:${port}`
  // A server in memory has nothing to save; a file is closed properly, which takes a second.
  const stop = () => server.stop(dbFilename === undefined ? 'SIGKILL' : 'SIGTERM', 5000)
  const giveUp = new AbortController()
  try {
    await server.readyWhen(untilServing(address, namespace, giveUp.signal), 60_000)
  } catch (error) {
    giveUp.abort()
    await stop()
    throw error
  }
  const uiUrl = uiPort === undefined ? {} : { uiUrl: `http://127.0.0.1:${uiPort}` }
  return { address, namespace, ...uiUrl, pid: server.pid, stop }
}
