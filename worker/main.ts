import { join } from 'node:path'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { readOrExit } from '../config/configurationError'
import { readWorkerConfig } from '../config/workerConfig'
import { receiptsUrl } from '../integrations/twilio/receiptsUrl'
import { createWorker } from './createWorker'
import { logLine } from './logLine'

/**
 * The worker process: sleeps, wakes and sends for every confirmed route, until SIGTERM or SIGINT. Its argument is the
 * workflow bundle; without one, the bundle of `npm run build`.
 */
async function main(): Promise<void> {
  const config = readOrExit(() => readWorkerConfig(process.env))
  Runtime.install({
    logger: new DefaultLogger(temporalLevel(config.logLevel), (entry) => {
      process.stdout.write(`${logLine(entry)}\n`)
    }),
    ...(config.metricsPort === null
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: `0.0.0.0:${config.metricsPort}` } } } }),
  })
  if (config.twilio !== null && receiptsUrl(config.publicUrl, config.twilio.apiUrl) === null)
    Runtime.instance().logger.warn(
      'PUBLIC_URL is no https address that Twilio can reach, so no receipt of a text will come: texts stay "accepted".',
    )
  const { run, close } = await createWorker(config, process.argv[2] ?? join(__dirname, '..', 'workflows.bundle.js'))
  await run()
  await close()
}

function temporalLevel(level: string): 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' {
  const levels = {
    trace: 'TRACE',
    debug: 'DEBUG',
    info: 'INFO',
    warn: 'WARN',
    error: 'ERROR',
    fatal: 'ERROR',
    silent: 'ERROR',
  }
  return (levels[level as keyof typeof levels] ?? 'INFO') as 'INFO'
}

main().catch((error) => {
  process.stderr.write(`The worker ended: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
