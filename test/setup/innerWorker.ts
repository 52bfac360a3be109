import { NativeConnection, Worker } from '@temporalio/worker'
import type { Knex } from 'knex'
import { createActivities } from '../../activities'
import { handOffQueueOf } from '../../domain/routeWorkflow'
import { receiverOf } from '../../integrations/receiverOf'
import { unsubscribeLink } from '../../integrations/secrets/unsubscribeLink'
import { smtpSender } from '../../integrations/smtp/smtpSender'
import { twilioSender } from '../../integrations/twilio/twilioSender'
import { testEnvironment } from './freshDatabase'

export interface InnerWorkerParts {
  db: Knex
  address: string
  namespace: string
  taskQueue: string
  twilio: { url: string; accountSid: string; authToken: string }
  smtpUrl: string
}

/** Where the world's API would be. */
const publicUrl = 'http://127.0.0.1:9'

/** With which the secrets of the tests' integrations are encrypted. */
export const encryptionKey = Buffer.alloc(32, 7)

/** The worker of a world in the test's own process, which can be stopped and started again; its providers are impatient. */
export async function innerWorker({ db, address, namespace, taskQueue, twilio, smtpUrl }: InnerWorkerParts) {
  const { url: apiUrl, accountSid, authToken } = twilio
  const sms = twilioSender({
    accountSid,
    authToken,
    apiUrl,
    sender: { from: '+15005550006' },
    publicUrl,
    patience: { connectMs: 1_500, answerMs: 1_500 },
  })
  const email = smtpSender({ url: smtpUrl, from: 'Acme <dispatch@acme.example>', silentForMs: 1_500 })
  const connection = await NativeConnection.connect({ address })
  let stopRunning = async () => {}
  return {
    sms,
    async start(): Promise<void> {
      const common = {
        ...{ connection, namespace, identity: 'test', maxHeartbeatThrottleInterval: '2s' },
        activities: createActivities({
          ...{ db, sms, email },
          unsubscribeLink: (companyId, address) => unsubscribeLink(publicUrl, [encryptionKey], { companyId, address }),
          receiverOf: (companyId, integration) => receiverOf(companyId, integration, [encryptionKey], 1_500),
        }),
        // Activities hear of it at once.
        shutdownGraceTime: 0,
      } as const
      const workflowBundle = { codePath: testEnvironment('TEST_WORKFLOW_BUNDLE') }
      const workers = [
        await Worker.create({ ...common, taskQueue, workflowBundle }),
        await Worker.create({ ...common, taskQueue: handOffQueueOf(taskQueue) }),
      ]
      const running = workers.map((worker) => worker.run())
      stopRunning = async () => {
        for (const worker of workers) worker.shutdown()
        await Promise.all(running)
      }
    },
    async stop(): Promise<void> {
      await stopRunning()
      stopRunning = async () => {}
    },
    async close(): Promise<void> {
      await stopRunning()
      email.close()
      await connection.close()
    },
  }
}
