import { randomUUID } from 'node:crypto'
import { Connection } from '@temporalio/client'
import { registerSearchAttributes } from '../../worker/searchAttributes'
import { testEnvironment } from './freshDatabase'

/** A namespace of its own on the run's Temporal server: for worker processes, which all listen to one task queue. */
export async function freshNamespace(): Promise<{ address: string; namespace: string }> {
  const address = testEnvironment('TEST_TEMPORAL_ADDRESS')
  const namespace = `test-${randomUUID()}`
  const connection = await Connection.connect({ address })
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  })
  await registerSearchAttributes(connection, namespace)
  await connection.close()
  return { address, namespace }
}
