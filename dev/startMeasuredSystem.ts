import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectDatabase } from '../db/connect'
import { migrate } from '../db/migrate'
import { buildWorkflowBundle } from '../scripts/workflowBundle'
import { startPostgres } from './postgres/startPostgres'
import { startProduct } from './productProcesses'
import { startTemporal } from './temporal/startTemporal'
import { startTwilioStandIn } from './twilio/startTwilioStandIn'

const account = { accountSid: `AC${'b'.repeat(32)}`, authToken: 'of the stand-in' }

/**
 * The product as in production, a process each for API and worker, on parts of its own: what is measured. `settings` are
 * further variables of its environment.
 */
export async function startMeasuredSystem(log: (line: string) => void, settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'dispatch-notifications-measured-'))
  const bundlePath = join(folder, 'workflows.js')
  const postgres = await startPostgres({ log })
  const temporal = await startTemporal({ log })
  const twilio = await startTwilioStandIn({ ...account })
  await buildWorkflowBundle(bundlePath)
  const databaseUrl = await postgres.createDatabase(`measured_${randomBytes(4).toString('hex')}`)
  const db = connectDatabase(databaseUrl)
  await migrate(db)
  const parts = { databaseUrl, temporal, twilio: { ...account, url: twilio.url } }
  const product = await startProduct(parts, bundlePath, settings)

  return {
    product,
    db,
    temporal,
    twilio,
    async stop(): Promise<void> {
      await product.stop()
      await db.destroy()
      await Promise.all([twilio.stop(), temporal.stop(), postgres.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
