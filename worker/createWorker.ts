import { NativeConnection, Worker } from '@temporalio/worker'
import { createActivities } from '../activities'
import type { WorkerConfig } from '../config/workerConfig'
import { connectDatabase } from '../db/connect'
import { handOffQueueOf, taskQueue } from '../domain/routeWorkflow'
import { receiverOf } from '../integrations/receiverOf'
import { unsubscribeLink } from '../integrations/secrets/unsubscribeLink'
import { smtpSender } from '../integrations/smtp/smtpSender'
import { twilioSender } from '../integrations/twilio/twilioSender'
import { registerSearchAttributes } from './searchAttributes'

/**
 * How long a batch may go on when the worker is told to stop; then it begins no further calls, but those that it began are
 * answered and written down. With the slowest call it stays below the 30 s that orchestrators wait before they kill.
 */
const shutdownGraceTime = '8s'

/** Each heartbeat is passed on. By default only one in 8 s would be, of the 10 s after which a worker counts as dead. */
const maxHeartbeatThrottleInterval = '2s'

/** How many vendors are called at once. */
const handOffsAtOnce = 20

/**
 * Composes the worker: routes' workflows from the bundle at `bundlePath`, and activities over the real database and
 * providers. `close` comes after `run()` has ended.
 */
export async function createWorker(config: WorkerConfig, bundlePath: string) {
  const db = connectDatabase(config.databaseUrl, { applicationName: 'dispatch-notifications worker', poolSize: 20 })
  const { namespace, connectionOptions } = config.temporal
  const connection = await NativeConnection.connect(connectionOptions)
  await registerSearchAttributes(connection, namespace)
  const email = config.smtp && smtpSender(config.smtp)
  const sms = config.twilio && twilioSender({ ...config.twilio, publicUrl: config.publicUrl })
  const activities = createActivities({
    db,
    sms,
    email,
    unsubscribeLink: (companyId, address) =>
      unsubscribeLink(config.publicUrl, config.encryptionKeys, { companyId, address }),
    receiverOf: (companyId, integration) => receiverOf(companyId, integration, config.encryptionKeys),
  })
  const common = { connection, namespace, activities, shutdownGraceTime, maxHeartbeatThrottleInterval }
  const routes = await Worker.create({ ...common, taskQueue, workflowBundle: { codePath: bundlePath } })
  const handOffs = await Worker.create({
    ...common,
    taskQueue: handOffQueueOf(taskQueue),
    maxConcurrentActivityTaskExecutions: handOffsAtOnce,
  })
  return {
    /** Until the process is told to stop. */
    run: () => Promise.all([routes.run(), handOffs.run()]),
    close: async () => {
      email?.close()
      await Promise.all([db.destroy(), connection.close()])
    },
  }
}
