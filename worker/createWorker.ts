import { NativeConnection, Worker } from '@temporalio/worker'
import { createActivities } from '../activities'
import type { WorkerConfig } from '../config/workerConfig'
import { connectDatabase } from '../db/connect'
import { taskQueue } from '../domain/routeWorkflow'
import { smtpSender } from '../integrations/smtp/smtpSender'
import { twilioSender } from '../integrations/twilio/twilioSender'
import { registerSearchAttributes } from './searchAttributes'

/** Longer than the slowest provider call, so that a deploy lets every call that was begun be answered and written down. */
const shutdownGraceTime = '30s'

/**
 * Composes the worker: routes' workflows from the bundle at `bundlePath`, and activities over the real database and
 * providers. `close` comes after `worker.run()` has ended.
 */
export async function createWorker(config: WorkerConfig, bundlePath: string) {
  const db = connectDatabase(config.databaseUrl, { applicationName: 'dispatch-notifications worker', poolSize: 20 })
  const { namespace, connectionOptions } = config.temporal
  const connection = await NativeConnection.connect(connectionOptions)
  await registerSearchAttributes(connection, namespace)
  const email = config.smtp && smtpSender(config.smtp)
  const sms = config.twilio && twilioSender({ ...config.twilio, publicUrl: config.publicUrl })
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: bundlePath },
    activities: createActivities({ db, sms, email }),
    shutdownGraceTime,
  })
  return {
    worker,
    close: async () => {
      email?.close()
      await Promise.all([db.destroy(), connection.close()])
    },
  }
}
