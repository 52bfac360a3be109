import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { createRunFolder } from '../runFolder'

interface Link {
  source: string
  target: string
}

/** Makes the symlinks of the libraries, which an npm package cannot carry; its install script may not have run. */
function makeSymlinks(packageFolder: string, copy: string): void {
  const links: Link[] = JSON.parse(readFileSync(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    // Both are given from the package's folder, which the copy replaces.
    const link = join(copy, relative('native', target))
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
  }
}

/** Lets every OS user read and run the copy, whatever the umask or the modes in node_modules are. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, 0o755)
  }
}

function isComplete(native: string, copy: string): boolean {
  if (!existsSync(copy)) return false
  const present = new Set(readdirSync(copy, { recursive: true }).map(String))
  return readdirSync(native, { recursive: true }).every((file) => present.has(String(file)))
}

/**
 * A copy of the package's `native` folder at `place`, with symlinks and open modes. Made once; made again when a cleaner
 * of temporary files has eaten parts of it. Two processes at once do no harm: each builds its own and renames it.
 *
 * @throws Error when `place` belongs to another OS user, who could have put any program there
 */
export function runnableCopy(packageFolder: string, place: string): string {
  const native = join(packageFolder, 'native')
  if (existsSync(place)) {
    if (process.getuid && lstatSync(place).uid !== process.getuid()) {
      throw new Error(
        `startPostgres: ${place} belongs to another OS user, so its programs are not run. Remove it, or point TMPDIR elsewhere.`,
      )
    }
    if (isComplete(native, place)) return place
  }
  // In a run folder: should we be killed here, the next run removes it.
  const work = createRunFolder('postgres', dirname(place))
  const building = join(work, 'building')
  try {
    cpSync(native, building, { recursive: true, verbatimSymlinks: true })
    makeSymlinks(packageFolder, building)
    openToAll(building)
    if (isComplete(native, place)) return place
    if (existsSync(place)) renameSync(place, join(work, 'eaten'))
    renameSync(building, place)
  } catch (error) {
    // Another process may have been first; its copy is as good as ours.
    if (!isComplete(native, place)) throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return place
}
