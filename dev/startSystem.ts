import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { createChangeFeed } from '../api/changes/changeFeed'
import { createApp } from '../api/createApp'
import { createLog } from '../api/log'
import { createForwarder } from '../api/outbox/createForwarder'
import { createScheduleKeeper } from '../api/task/scheduleKeeper'
import { readApiConfig } from '../config/apiConfig'
import { connectDatabase } from '../db/connect'
import { migrate } from '../db/migrate'
import { buildWorkflowBundle } from '../scripts/workflowBundle'
import { registerSearchAttributes } from '../worker/searchAttributes'
import { onFreePort } from './freePort'
import { startPostgres } from './postgres/startPostgres'
import { productEnvironment } from './productProcesses'
import { startSmtpStandIn } from './smtp/startSmtpStandIn'
import { supervise } from './supervise'
import { startTemporal } from './temporal/startTemporal'
import { startTwilioStandIn } from './twilio/startTwilioStandIn'
import { VirtualTime } from './virtualTime'

export type System = Awaited<ReturnType<typeof startSystem>>

const twilioAccount = { accountSid: `AC${'d'.repeat(32)}`, authToken: 'the auth token of the stand-in' }

/**
 * The whole product on one machine: PostgreSQL, Temporal, stand-ins for Twilio and a mail server, the API in this process
 * and the worker in one of its own. Its time can be skipped; nothing leaves the machine. `env` may name a PostgreSQL and
 * a Temporal server to use instead of starting them; `built` has what need not be built here:
 * the console, without which there is none, and the workflows' bundle.
 */
export async function startSystem(
  log: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
  built: { consoleFolder?: string | Promise<string>; workflowBundle?: string } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'dispatch-notifications-demo-'))
  const bundlePath = built.workflowBundle ?? join(folder, 'workflows.js')
  const [postgres, temporal, twilio, smtp, consoleFolder = null] = await Promise.all([
    startPostgres({ log, env }),
    startTemporal({ timeSkipping: true, ui: true, log, env }),
    startTwilioStandIn({ ...twilioAccount, callbacks: true }),
    startSmtpStandIn(),
    built.consoleFolder,
    built.workflowBundle === undefined && buildWorkflowBundle(bundlePath),
  ])
  const databaseUrl = await postgres.createDatabase(`demo_${randomBytes(4).toString('hex')}`)
  const db = connectDatabase(databaseUrl)
  await migrate(db)
  const { address, namespace } = temporal
  const connection = await Connection.connect({ address })
  await registerSearchAttributes(connection, namespace)
  const time = new VirtualTime(connection, namespace)
  const client = new Client({ connection, namespace, interceptors: { workflow: [time.startLater] } })

  const { server, url, environment } = await onFreePort(async (port) => {
    const environment = productEnvironment(
      { databaseUrl, temporal, twilio: { ...twilioAccount, url: twilio.url }, smtpUrl: smtp.url },
      port,
    )
    const server = createServer()
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return { server, url: environment.PUBLIC_URL, environment }
  })
  const apiLog = createLog('error')
  const forwarder = createForwarder({ db, databaseUrl, temporal: { client }, log: apiLog })
  const scheduleKeeper = createScheduleKeeper({ db, temporal: { client }, log: apiLog })
  const changes = createChangeFeed({ databaseUrl, log: apiLog })
  const config = readApiConfig({ ...environment, TEMPORAL_UI_URL: temporal.uiUrl })
  server.on(
    'request',
    createApp({
      ...{ db, forwarder, scheduleKeeper, changes, temporal: { client }, config, consoleFolder },
      clock: time.now,
      log: apiLog,
    }),
  )
  forwarder.start()
  scheduleKeeper.start()
  const worker = supervise('worker', ['worker/main.ts', bundlePath], environment, log)

  return {
    url,
    adminKey: environment.ADMIN_API_KEY,
    db,
    time,
    twilio,
    smtp,
    worker,
    temporalUi: temporal.uiUrl,
    namespace,
    async stop(): Promise<void> {
      await worker.stop()
      await changes.stop()
      server.close()
      server.closeAllConnections()
      await Promise.all([forwarder.stop(), scheduleKeeper.stop()])
      await db.destroy()
      await connection.close()
      await Promise.all([twilio.stop(), smtp.stop(), temporal.stop(), postgres.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
