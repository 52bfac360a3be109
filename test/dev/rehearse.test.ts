import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { rows } from '../../db/sql'
import { freshDatabase } from '../setup/freshDatabase'
import { seedRoute } from './seedRoute'

const rehearse = (databaseUrl: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'dev/rehearse/main.ts', ...args], {
    cwd: join(__dirname, '..', '..'),
    env: { ...process.env, DATABASE_URL: databaseUrl },
    encoding: 'utf8',
  })

test('a rehearsal plays a stored route on parts of its own, tells what would be sent, and leaves the database as it was', async () => {
  await using database = await freshDatabase()
  const confirmedAt = await seedRoute(database.db, { companyId: 'acme', routeId: 'r1' })
  const { status, stdout, stderr } = rehearse(
    database.url,
    '--company',
    'acme',
    '--route',
    'r1',
    '--confirmed-at',
    confirmedAt,
  )
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(/Tue 16:00 +text +to \+15125550101: .*12:30 PM - 1:30 PM/)
  expect(stdout).toMatch(/Wed 13:00 +text +to \+15125550101: .*has arrived/)
  expect(stdout).toMatch(/Wed 13:15 +text +to \+15125550101: .*is done/)
  expect(stdout).toContain('3 of 4 messages were sent')
  expect(stdout).toMatch(/confirmed by sms to \+15125550102.*opted_out/)
  expect(await rows(database.db, 'SELECT 1 FROM notifications')).toEqual([])
})

test('a rehearsal of what does not exist says what to check', async () => {
  await using database = await freshDatabase()
  const { status, stderr } = rehearse(database.url, '--company', 'nobody', '--route', 'r1')
  expect([status, stderr]).toEqual([1, 'rehearse: there is no company "nobody" in that database; check --company.\n'])
})
