import { execFile, execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const folder = join(__dirname, '..', 'console')

/** Builds the console into `target`, which production, the demo and the tests serve alike. */
export async function buildConsole(target: string): Promise<void> {
  // Vite is an ES module alone, and in a process of its own it does not care who asks.
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js')
  // Whoever asks may be a test; what is built is what production serves.
  const env = { ...process.env, NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [vite, 'build', folder, '--outDir', target, '--logLevel', 'warn'], {
    env,
  })
}

/** Fails when the console does not fit the API's document (`writeApiTypes`) or itself; Vite itself drops types unread. */
export function typeCheckConsole(): void {
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit', '-p', folder], {
    stdio: 'inherit',
  })
}
