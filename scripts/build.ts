import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeApiTypes } from './apiTypes'
import { buildConsole, typeCheckConsole } from './consoleBundle'
import { buildWorkflowBundle } from './workflowBundle'

/** `npm run build`: what production runs, in dist/. */
async function build(): Promise<void> {
  const root = join(__dirname, '..')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  })
  await writeApiTypes()
  typeCheckConsole()
  await buildConsole(join(root, 'dist', 'console'))
  await buildWorkflowBundle(join(root, 'dist', 'workflows.bundle.js'))
}

build().catch((error) => {
  console.error(error)
  process.exit(1)
})
