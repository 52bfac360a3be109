import { Client, Connection } from '@temporalio/client'
import { readApiConfig } from '../config/apiConfig'
import { readOrExit } from '../config/configurationError'
import { connectDatabase } from '../db/connect'
import { migrationsPending } from '../db/migrate'
import { createChangeFeed } from './changes/changeFeed'
import { builtConsole } from './console/builtConsole'
import { createApp } from './createApp'
import { createHttpServer } from './http/createHttpServer'
import { keepIdempotencyKeysFew } from './idempotency/keepIdempotencyKeysFew'
import { createLog } from './log'
import { createForwarder } from './outbox/createForwarder'
import { createOidcClient } from './sessions/oidc/oidcClient'
import { stopServing } from './stopServing'
import { createScheduleKeeper } from './task/scheduleKeeper'

/** The API as one process: reads its configuration, listens, and on SIGTERM finishes what it has begun. */
async function main(): Promise<void> {
  const config = readOrExit(() => readApiConfig(process.env))
  const log = createLog(config.logLevel)
  const db = connectDatabase(config.databaseUrl, { applicationName: 'dispatch-notifications api' })
  const pending = await migrationsPending(db)
  if (pending.length > 0)
    throw new Error(`The database lacks ${pending.join(', ')}. Run "npm run migrate", then start the API again.`)

  // Lazy: the API starts, accepts and stores while Temporal is away.
  const connection = Connection.lazy(config.temporal.connectionOptions)
  const temporal = { client: new Client({ connection, namespace: config.temporal.namespace }) }
  const forwarder = createForwarder({ db, databaseUrl: config.databaseUrl, temporal, log })
  const scheduleKeeper = createScheduleKeeper({ db, temporal, log })
  const changes = createChangeFeed({ databaseUrl: config.databaseUrl, log })
  const stopSweeping = keepIdempotencyKeysFew(db, log)

  const consoleFolder = builtConsole()
  if (consoleFolder === null) log.warn('There is no console at /: "npm run build" makes it')

  let accepting = true
  const app = createApp({
    db,
    forwarder,
    scheduleKeeper,
    changes,
    temporal,
    config,
    clock: Date.now,
    log,
    oidc: config.oidc && createOidcClient(config.oidc, `${config.publicUrl}/v1/session/oidc/callback`),
    consoleFolder,
    accepting: () => accepting,
  })
  const server = createHttpServer(app)
  server.listen(config.port, config.host, () => log.info({ host: config.host, port: config.port }, 'The API listens'))
  server.on('error', (err) => {
    log.fatal({ err }, `The API cannot listen on ${config.host}:${config.port}; choose another PORT or HOST`)
    process.exit(1)
  })
  forwarder.start()
  scheduleKeeper.start()

  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (!accepting) return
    accepting = false
    log.info({ signal }, 'Stopping: finishing what has begun')
    // Whoever listens to changes would otherwise never be finished with.
    await changes.stop()
    await stopServing(server, config.shutdownNoticeMs)
    stopSweeping()
    await Promise.all([forwarder.stop(), scheduleKeeper.stop()])
    await connection.close()
    await db.destroy()
    log.info('Stopped')
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`The API could not start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
