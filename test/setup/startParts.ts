import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import { connectDatabase } from '../../db/connect'
import { migrate } from '../../db/migrate'
import { startPostgres } from '../../dev/postgres/startPostgres'
import { startTemporal } from '../../dev/temporal/startTemporal'
import { buildWorkflowBundle } from '../../scripts/workflowBundle'
import { registerSearchAttributes } from '../../worker/searchAttributes'

/** The parts that a whole test run shares; `stopParts` ends them. */
export interface SharedParts {
  stop(): Promise<void>
}

declare global {
  var sharedParts: SharedParts | undefined
}

/**
 * jest's globalSetup: one PostgreSQL with a migrated template, one Temporal server that can skip time, one workflow
 * bundle. The test files find them in `process.env`, which jest hands to its workers.
 */
export default async function startParts(): Promise<void> {
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const postgres = await startPostgres({ log })
  const temporal = await startTemporal({ timeSkipping: true, log })
  globalThis.sharedParts = {
    stop: async () => {
      await Promise.all([postgres.stop(), temporal.stop()])
    },
  }
  const template = `template_${randomUUID().slice(0, 8)}`
  const db = connectDatabase(await postgres.createDatabase(template))
  await migrate(db)
  await db.destroy()

  const connection = await Connection.connect({ address: temporal.address })
  await registerSearchAttributes(connection, temporal.namespace)
  await connection.close()

  const bundlePath = join(mkdtempSync(join(tmpdir(), 'dispatch-notifications-bundle-')), 'workflows.js')
  await buildWorkflowBundle(bundlePath)

  process.env.TEST_DATABASE_URL = postgres.url
  process.env.TEST_TEMPLATE_DATABASE = template
  process.env.TEST_TEMPORAL_ADDRESS = temporal.address
  process.env.TEST_WORKFLOW_BUNDLE = bundlePath
  process.env.TEST_CONSOLE_FOLDER = mkdtempSync(join(tmpdir(), 'dispatch-notifications-console-'))
}
