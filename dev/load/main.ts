import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectDatabase } from '../../db/connect'
import { migrate } from '../../db/migrate'
import { buildWorkflowBundle } from '../../scripts/workflowBundle'
import { startPostgres } from '../postgres/startPostgres'
import { startProduct } from '../productProcesses'
import { startTemporal } from '../temporal/startTemporal'
import { startTwilioStandIn } from '../twilio/startTwilioStandIn'
import { runLoad } from './runLoad'

const account = { accountSid: `AC${'f'.repeat(32)}`, authToken: 'the auth token of the load run' }

/** `npm run load [-- SECONDS]`: five times what the API can serve, on this machine alone, and what it makes of that. */
async function main(): Promise<boolean> {
  const seconds = Number(process.argv[2] ?? 20)
  const folder = mkdtempSync(join(tmpdir(), 'dispatch-notifications-load-'))
  const bundlePath = join(folder, 'workflows.js')
  const [postgres, temporal] = await Promise.all([
    startPostgres({ log: console.log }),
    startTemporal({ log: console.log }),
  ])
  const twilio = await startTwilioStandIn({ ...account })
  const databaseUrl = await postgres.createDatabase(`load_${randomBytes(4).toString('hex')}`)
  const db = connectDatabase(databaseUrl)
  await migrate(db)
  await db.destroy()
  await buildWorkflowBundle(bundlePath)
  const parts = { databaseUrl, temporal, twilio: { ...account, url: twilio.url } }
  // The limit of a key's requests is another protection, and would hide this one.
  const product = await startProduct(parts, bundlePath, { RATE_LIMIT_REQUESTS: '0' })
  try {
    const report = await runLoad(product, seconds)
    const { memory, ...rest } = report
    for (const [name, value] of Object.entries(rest)) console.log(`${name.padEnd(16)} ${shown(value)}`)
    console.log(
      `memory, MiB      ${memory.before.toFixed(0)} before, ${memory.most.toFixed(0)} at most, ${memory.after.toFixed(0)} after`,
    )
    return report.wrong.length === 0
  } finally {
    await product.stop()
    await Promise.all([twilio.stop(), temporal.stop(), postgres.stop()])
    rmSync(folder, { recursive: true, force: true })
  }
}

const shown = (value: number | string[]) =>
  Array.isArray(value) ? value.slice(0, 5).join(', ') || 'nothing' : value.toFixed(0)

main().then(
  (well) => process.exit(well ? 0 : 1),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
