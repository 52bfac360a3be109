import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const zones = ['UTC', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Kiritimati']

// Processes, because Jest gives a test a copy of process.env: setting TZ in it would change nothing.
const decideIn = async (TZ: string) => {
  const args = ['--import', 'tsx', join(__dirname, 'decideInThisZone.ts')]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, TZ }, maxBuffer: 1e8 })
  return JSON.parse(stdout)
}

test('what is decided never depends on the zone of the process', async () => {
  const [first, ...others] = await Promise.all(zones.map(decideIn))
  expect(first.decisions).toHaveLength(500)
  for (const other of others) {
    expect(other.midnight).not.toBe(first.midnight)
    expect(other.decisions).toEqual(first.decisions)
    expect(other.holidays).toEqual(first.holidays)
  }
}, 30_000)
