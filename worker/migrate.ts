import { NativeConnection } from '@temporalio/worker'
import { readOrExit } from '../config/configurationError'
import { readWorkerConfig } from '../config/workerConfig'
import { connectDatabase } from '../db/connect'
import { migrate } from '../db/migrate'
import { registerSearchAttributes } from './searchAttributes'

/** `npm run migrate`: brings the database and Temporal's search attributes up to this release. */
async function main(): Promise<void> {
  const config = readOrExit(() => readWorkerConfig(process.env))
  const db = connectDatabase(config.databaseUrl, { poolSize: 2 })
  await migrate(db)
  await db.destroy()
  const connection = await NativeConnection.connect(config.temporal.connectionOptions)
  await registerSearchAttributes(connection, config.temporal.namespace)
  await connection.close()
  process.stdout.write('The database and the search attributes are up to date.\n')
}

main().catch((error) => {
  process.stderr.write(`The migration failed: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
