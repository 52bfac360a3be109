import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Starts a real browser for a test; throws with every way to get one when there is none. */
export async function startBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  // Chromium refuses to be its own sandbox for root, which is who runs tests in a container.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath: findBrowser(env), args })
}

/** The browser of `CHROMIUM_PATH`, else of PATH, else the one that Playwright has installed. */
export function findBrowser({ CHROMIUM_PATH: given, PATH: path = '' }: NodeJS.ProcessEnv): string {
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given
    throw new Error(`CHROMIUM_PATH is ${given}, where there is no file. Correct it, or leave it out to search PATH.`)
  }
  const onPath = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  const found = [...onPath, chromium.executablePath()].find((file) => existsSync(file))
  if (found !== undefined) return found
  throw new Error(
    'The console is tested in a real browser, and there is none. Install Chromium (Debian: apt-get install chromium), ' +
      'or set CHROMIUM_PATH to a Chromium or Chrome, or run "npx playwright-core install chromium".',
  )
}
