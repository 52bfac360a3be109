import { startMeasuredSystem } from '../startMeasuredSystem'
import { runLoad } from './runLoad'

/** `npm run load [-- SECONDS]`: five times what the API can serve, on this machine alone, and what it makes of that. */
async function main(): Promise<boolean> {
  const seconds = Number(process.argv[2] ?? 20)
  // The limit of a key's requests is another protection, and would hide this one.
  const { product, stop } = await startMeasuredSystem(console.log, { RATE_LIMIT_REQUESTS: '0' })
  try {
    const report = await runLoad(product, seconds)
    const { memory, ...rest } = report
    for (const [name, value] of Object.entries(rest)) console.log(`${name.padEnd(16)} ${shown(value)}`)
    console.log(
      `memory, MiB      ${memory.before.toFixed(0)} before, ${memory.most.toFixed(0)} at most, ${memory.after.toFixed(0)} after`,
    )
    return report.wrong.length === 0
  } finally {
    await stop()
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
