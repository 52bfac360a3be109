import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where `npm run build` has put the console, seen from dist/api or from api/; null when it is not built. */
export function builtConsole(): string | null {
  const api = join(__dirname, '..')
  const candidates = [join(api, '..', 'console'), join(api, '..', 'dist', 'console')]
  return candidates.find((folder) => existsSync(join(folder, 'assets'))) ?? null
}
