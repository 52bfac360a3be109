import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { onFreePort } from './freePort'

/** What the product needs to know of the parts that it is to use. */
export interface Parts {
  databaseUrl: string
  temporal: { address: string; namespace: string }
  twilio: { url: string; accountSid: string; authToken: string }
  smtpUrl?: string
}

export interface ProductProcesses {
  url: string
  adminKey: string
  api: ChildProcess
  worker: ChildProcess
  stop(): Promise<void>
}

/**
 * Runs the API and a worker as processes of their own, as production does, and waits until they are ready. `settings` are
 * further variables of their environment.
 * @throws Error when they are not ready after a minute; their errors are on stderr
 */
export async function startProduct(
  { databaseUrl, temporal, twilio, smtpUrl }: Parts,
  bundlePath: string,
  settings: Record<string, string> = {},
): Promise<ProductProcesses> {
  const adminKey = randomBytes(24).toString('hex')
  const environment = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    ADMIN_API_KEY: adminKey,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: '+15005550006',
    TWILIO_API_URL: twilio.url,
    ...(smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl, MAIL_FROM: 'Dispatch <dispatch@acme.example>' }),
    LOG_LEVEL: 'error',
    ...settings,
  }
  return onFreePort(async (port) => {
    const url = `http://127.0.0.1:${port}`
    const env = { ...environment, PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: url }
    const worker = runMain('worker/main.ts', [bundlePath], env)
    const api = runMain('api/main.ts', [], env)
    const stop = async () => {
      await Promise.all([ended(api), ended(worker)])
    }
    try {
      await answers(`${url}/readyz`)
    } catch (error) {
      await stop()
      throw error
    }
    return { url, adminKey, api, worker, stop }
  })
}

/** Runs a main file of the product from its TypeScript. It sees this environment and PATH alone; its errors are ours. */
export function runMain(main: string, args: string[], env: Record<string, string>): ChildProcess {
  const path = join(__dirname, '..', main)
  return spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    cwd: join(__dirname, '..'),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** Asks a process to stop, and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

async function answers(url: string): Promise<void> {
  for (const until = Date.now() + 60_000; ; await delay(100)) {
    const ready = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    if (Date.now() > until) throw new Error(`${url} is not ready after a minute; see the errors above.`)
  }
}
