import { randomUUID } from 'node:crypto'
import { recordAudit } from '../../db/audit'
import { endProviderTest, insertProviderTest } from '../../db/providerTests'
import type { AuditAction, AuditChange } from '../../domain/audit'
import type { ProviderTestTarget } from '../../domain/providerTest'
import { taskQueue as routesTaskQueue } from '../../domain/routeWorkflow'
import { startProviderTest } from '../../integrations/temporal/startProviderTest'
import type { ApiParts } from '../apiParts'
import type { Caller } from '../auth/caller'

interface WantedTest {
  companyId: string
  target: ProviderTestTarget
  /** Of a message; null for a call. */
  address: string | null
  by: Caller
  entry: { action: AuditAction; subject: string; changes?: readonly AuditChange[] }
}

const patienceMs = 2_000

/**
 * Stores a test and has a worker make it: this process has no providers. One that Temporal does not take at once has
 * failed: nobody wants a test message an hour later.
 * @returns the test's id
 */
export async function askForTest(
  { db, temporal: { client, taskQueue = routesTaskQueue }, log }: ApiParts,
  { companyId, target, address, by, entry }: WantedTest,
): Promise<string> {
  const id = randomUUID()
  await db.transaction(async (trx) => {
    await insertProviderTest(trx, { id, companyId, target, address })
    await recordAudit(trx, { companyId, by, ...entry })
  })
  try {
    await client.connection.withDeadline(Date.now() + patienceMs, () =>
      startProviderTest(client, taskQueue, { companyId, testId: id, target }),
    )
  } catch (err) {
    log.warn({ err, company: companyId }, 'Temporal did not take a test of a provider')
    await endProviderTest(db, id, { status: 'failed', message: 'Temporal does not answer, so nothing was tested.' })
  }
  return id
}
