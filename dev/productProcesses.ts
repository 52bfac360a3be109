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

/** The environment of a product of its own: fresh keys, and an API on this port of 127.0.0.1. */
export function productEnvironment({ databaseUrl, temporal, twilio, smtpUrl }: Parts, port: number) {
  return {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ADMIN_API_KEY: randomBytes(24).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: '+15005550006',
    TWILIO_API_URL: twilio.url,
    ...(smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl, MAIL_FROM: 'Dispatch <dispatch@acme.example>' }),
    SHUTDOWN_NOTICE_SECONDS: '0',
    LOG_LEVEL: 'error',
  }
}

/**
 * Runs the API and a worker as processes of their own, as production does, and waits until they are ready. `settings` are
 * further variables of their environment.
 * @throws Error when they are not ready after a minute; their errors are on stderr
 */
export async function startProduct(
  parts: Parts,
  bundlePath: string,
  settings: Record<string, string> = {},
): Promise<ProductProcesses> {
  return onFreePort(async (port) => {
    const env = { ...productEnvironment(parts, port), ...settings }
    const { PUBLIC_URL: url, ADMIN_API_KEY: adminKey } = env
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

/** Waits until it answers well. @throws Error after a minute */
export async function answers(url: string): Promise<void> {
  for (const until = Date.now() + 60_000; ; await delay(100)) {
    const ready = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    if (Date.now() > until) throw new Error(`${url} is not ready after a minute; see the errors above.`)
  }
}
