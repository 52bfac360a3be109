import { readOrExit } from '../config/configurationError'
import { readWorkerConfig } from '../config/workerConfig'
import { connectDatabase } from '../db/connect'
import { resealSecrets } from './resealSecrets'

/** `npm run reseal`: after a change of ENCRYPTION_KEY, seals by it what the previous keys have sealed. */
async function main(): Promise<void> {
  const config = readOrExit(() => readWorkerConfig(process.env))
  const db = connectDatabase(config.databaseUrl, { poolSize: 2 })
  const resealed = await resealSecrets(db, config.encryptionKeys)
  await db.destroy()
  process.stdout.write(
    `The secrets of ${resealed} integrations were sealed again; all are sealed by ENCRYPTION_KEY now.\n`,
  )
}

main().catch((error) => {
  process.stderr.write(`Sealing again failed: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
