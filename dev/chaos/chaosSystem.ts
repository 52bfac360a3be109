import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Connection, Client as TemporalClient } from '@temporalio/client'
import { connectDatabase } from '../../db/connect'
import { migrate } from '../../db/migrate'
import { buildWorkflowBundle } from '../../scripts/workflowBundle'
import { registerSearchAttributes } from '../../worker/searchAttributes'
import { onFreePort } from '../freePort'
import { startMortalPostgres } from '../postgres/startMortalPostgres'
import { answers, productEnvironment } from '../productProcesses'
import { startSmtpStandIn } from '../smtp/startSmtpStandIn'
import { supervise } from '../supervise'
import { startTemporal } from '../temporal/startTemporal'
import { startTwilioStandIn } from '../twilio/startTwilioStandIn'
import { Client } from './client'
import type { Dice } from './dice'
import { type DoorOptions, startDoor } from './door'

export type ChaosSystem = Awaited<ReturnType<typeof startChaosSystem>>

const twilioAccount = { accountSid: `AC${'c'.repeat(32)}`, authToken: 'auth token of the chaos run' }

/**
 * The product as in production, two APIs and two workers as processes that are started again when they die, on a
 * PostgreSQL and a Temporal server that can be struck down, all of its own. `bundlePath`: the workflows, if they have been
 * bundled already.
 */
export async function startChaosSystem(
  dice: Dice,
  doorOptions: DoorOptions,
  log: (line: string) => void,
  bundlePath?: string,
) {
  const folder = mkdtempSync(join(tmpdir(), 'dispatch-notifications-chaos-'))
  const bundle = bundlePath ?? join(folder, 'workflows.js')
  const dbFilename = join(folder, 'temporal.db')
  // Of this machine alone: neither server may be somebody else's.
  const env = { ...process.env, TEMPORAL_ADDRESS: undefined }
  const [postgres, started, twilio, smtp] = await Promise.all([
    startMortalPostgres(log),
    startTemporal({ dbFilename, env, log }),
    startTwilioStandIn({ ...twilioAccount, callbacks: true }),
    startSmtpStandIn(),
    bundlePath === undefined ? buildWorkflowBundle(bundle) : undefined,
  ])
  let temporal = started
  const { address, namespace } = temporal
  const databaseUrl = await postgres.createDatabase(`chaos_${randomBytes(4).toString('hex')}`)
  const db = connectDatabase(databaseUrl)
  await migrate(db)
  const connection = await Connection.connect({ address })
  await registerSearchAttributes(connection, namespace)

  let client: Client | undefined
  const theClient = () => {
    if (client === undefined) throw new Error('The APIs do not run yet.')
    return client
  }
  const door = await startDoor(theClient, dice.of('door'), doorOptions)
  const parts = { databaseUrl, temporal, twilio: { ...twilioAccount, url: twilio.url }, smtpUrl: smtp.url }
  const environment = { ...productEnvironment(parts, 0), PUBLIC_URL: door.url }
  // Two free ports at once, so that they are not the same.
  const ports = await onFreePort((one) => onFreePort(async (other) => [one, other]))
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const apis = ports.map((port, n) =>
    supervise(`api ${n + 1}`, ['api/main.ts'], { ...environment, PORT: String(port) }, log),
  )
  const workers = [1, 2].map((n) => supervise(`worker ${n}`, ['worker/main.ts', bundle], environment, log))
  client = new Client(urls, environment.ADMIN_API_KEY)
  const figures = { temporalRestarts: 0, postgresKills: 0 }

  return {
    client,
    door,
    db,
    twilio,
    twilioAuthToken: twilioAccount.authToken,
    smtp,
    apis,
    workers,
    figures,
    temporal: new TemporalClient({ connection, namespace }),
    ready: () => Promise.all(urls.map((url) => answers(`${url}/readyz`))),
    async killPostgres(awayMs: number): Promise<void> {
      figures.postgresKills += 1
      await postgres.kill()
      await delay(awayMs)
      await postgres.start()
    },
    async restartTemporal(awayMs: number): Promise<void> {
      figures.temporalRestarts += 1
      await temporal.stop()
      await delay(awayMs)
      temporal = await startTemporal({ dbFilename, env, log, port: Number(address.split(':')[1]) })
    },
    async stop(): Promise<void> {
      await Promise.all([...apis, ...workers].map((each) => each.stop()))
      await db.destroy()
      await connection.close()
      await Promise.all([door.stop(), twilio.stop(), smtp.stop(), temporal.stop(), postgres.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
