import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

// docs.temporal.io/develop/time-skipping: per-workflow time skipping came with Server 1.32 (CLI 1.9).
const firstWithTimeSkipping = [1, 32] as const

/**
 * Checks that a file is a Temporal CLI that runs here, and returns what it says of itself, e.g.
 * `temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)`.
 *
 * @throws Error with the reason why it cannot be used
 */
export async function checkCli(path: string, timeSkipping: boolean): Promise<string> {
  const { stdout } = await run(path, ['--version'], { timeout: 30_000 }).catch((error: Error) => {
    throw new Error(`${path} does not run: ${error.message.trim()}`)
  })
  const said = stdout.trim()
  const server = /^temporal version .*Server (\d+)\.(\d+)/.exec(said)
  if (!server) throw new Error(`${path} is not the Temporal CLI: --version says "${said.slice(0, 80)}"`)
  const [major, minor] = [Number(server[1]), Number(server[2])]
  const [needMajor, needMinor] = firstWithTimeSkipping
  if (timeSkipping && (major < needMajor || (major === needMajor && minor < needMinor))) {
    throw new Error(`${path} is too old to skip time: Server ${major}.${minor}, needed ${needMajor}.${needMinor}`)
  }
  return said
}
