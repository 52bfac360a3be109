import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { buildConsole } from '../../scripts/consoleBundle'
import { testEnvironment } from './freshDatabase'

/** The folder of the built console: the first test file of a run that asks builds it, the others wait for it. */
export async function consoleBuild(): Promise<string> {
  const folder = testEnvironment('TEST_CONSOLE_FOLDER')
  const [built, building] = [join(folder, 'built'), join(folder, 'building')]
  if (isFirst(join(folder, 'claim'))) {
    await buildConsole(building)
    renameSync(building, built)
  }
  for (const until = Date.now() + 60_000; !existsSync(built); await delay(100))
    if (Date.now() > until)
      throw new Error('The console was not built within a minute; another test file was to do it.')
  return built
}

/** Making a folder succeeds for one process alone. */
function isFirst(claim: string): boolean {
  try {
    mkdirSync(claim)
    return true
  } catch {
    return false
  }
}
