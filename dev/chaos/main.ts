import { readOptions } from './options'
import { complaintsOf, linesOf } from './report'
import { runChaos } from './runChaos'

/** `npm run chaos -- --seed 7 --notifications 1000`: see docs/chaos.md. Exit code 1 if the product broke its word. */
async function main(): Promise<number> {
  const began = Date.now()
  const log = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)}  ${line}`)
  const report = await runChaos(readOptions(process.argv.slice(2)), log)
  for (const line of linesOf(report)) console.log(line)
  return complaintsOf(report).length === 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  },
)
