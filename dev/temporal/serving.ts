import { setTimeout as delay } from 'node:timers/promises'
import { Connection, type ConnectionOptions } from '@temporalio/client'

/**
 * One real question to the server: does it know the namespace?
 *
 * @throws the gRPC error when it does not answer within 2 s or says no
 */
export async function askForNamespace(options: ConnectionOptions, namespace: string): Promise<void> {
  const connection = await Connection.connect({ ...options, connectTimeout: 2000 })
  try {
    await connection.withDeadline(Date.now() + 2000, () => connection.workflowService.describeNamespace({ namespace }))
  } finally {
    await connection.close()
  }
}

/** Resolves when the server answers for the namespace; ends when `signal` is aborted. */
export async function untilServing(address: string, namespace: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      return await askForNamespace({ address }, namespace)
    } catch {
      // A fresh connection each time: gRPC's own waits grow to seconds, and a server starts in about two.
      await delay(50)
    }
  }
}
