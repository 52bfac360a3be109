import { rows } from '../../db/sql'
import { aStop, confirmedRoute, noon, seedCompany, seedNotification } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string
let notificationId: string

beforeAll(async () => {
  companyId = await seedCompany(database.db)
  await confirmedRoute(database.db, companyId, 'R1', [aStop('S1')])
  notificationId = await seedNotification(database.db, { company_id: companyId, route_id: 'R1', stop_id: 'S1' })
})

const impossible: [string, string][] = [
  ['a country that is no ISO code', `UPDATE companies SET country = 'usa'`],
  ['a device of no vendor', `UPDATE trucks SET device_vendor = NULL WHERE truck_id = 'T1'`],
  ['one device on two trucks', `UPDATE trucks SET device_vendor = 'samsara', device_id = 'D1'`],
  ['an unknown status of a route', `UPDATE routes SET status = 'done'`],
  ['a confirmed route that was never confirmed', 'UPDATE routes SET confirmed_at = NULL'],
  ['a truck that the company does not have', `UPDATE routes SET truck_id = 'T9'`],
  ['half a location', 'UPDATE stops SET latitude = 41'],
  ['a latitude beyond the pole', 'UPDATE stops SET latitude = 91, longitude = 0'],
  ['an arrival at no time', `UPDATE stops SET status = 'arrived'`],
  ['a departure at no time', `UPDATE stops SET status = 'departed', arrived_at = now()`],
  ['a stop that joined late without being late', 'UPDATE stops SET added_at = now()'],
  ['a contract of a stop that does not exist', `UPDATE stop_contracts SET contract_number = 'C9'`],
  ['a text that waits for a text to fail', 'UPDATE delivery_notifications SET only_if_text_fails = true'],
  ['an unknown event of a delivery notification', `UPDATE delivery_notifications SET events = '{maybe}'`],
  ['a non-send without a reason', `UPDATE notifications SET status = 'suppressed'`],
  ['a reason on what is still to be sent', `UPDATE notifications SET reason = 'stale'`],
  ['a customer message about no stop', 'UPDATE notifications SET stop_id = NULL'],
  ['a notification of a stop that is not of the route', `UPDATE notifications SET stop_id = 'S9'`],
  [
    'a try-later without a time',
    `INSERT INTO attempts (notification_id, number, at, outcome)
     SELECT id, 1, now(), 'try_later' FROM notifications`,
  ],
  [
    'a counted report about no stop',
    `INSERT INTO visit_events (company_id, source, event_id, kind, occurred_at, outcome)
     SELECT company_id, 'driver', 'e', 'arrived', now(), 'counted' FROM companies`,
  ],
  [
    'a reported stop of no route',
    `INSERT INTO visit_events
       (company_id, source, event_id, kind, occurred_at, outcome, stop_id)
     SELECT company_id, 'driver', 'e', 'arrived', now(), 'no_route', 'S9' FROM companies`,
  ],
  [
    'an email STOP that binds every company',
    `INSERT INTO consents (channel, address, action, source)
     VALUES ('email', 'a@b.example', 'revoked', 'stop')`,
  ],
  [
    'a driver key of no company',
    `INSERT INTO api_keys (id, name, role, secret_hash, created_by)
     VALUES ('k', 'k', 'driver', '\\x00', 'me')`,
  ],
  [
    'version 0 of settings',
    `INSERT INTO settings_versions (company_id, version, document, changed_by)
     SELECT company_id, 0, '{}', 'me' FROM companies`,
  ],
]

describe('the database refuses what cannot be true', () => {
  test.each(impossible)('%s', async (_what, sql) => {
    await expect(rows(database.db, sql)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) })
  })

  test('the same notification a second time, also an internal one of the whole route', async () => {
    const key = { company_id: companyId, route_id: 'R1', stop_id: 'S1' }
    await expect(seedNotification(database.db, key)).rejects.toMatchObject({ code: '23505' })
    const internal = { ...key, stop_id: null, internal: true }
    await seedNotification(database.db, internal)
    await expect(seedNotification(database.db, internal)).rejects.toMatchObject({ code: '23505' })
  })

  test('the same attempt a second time', async () => {
    const attempt = () =>
      rows(database.db, 'INSERT INTO attempts (notification_id, number, at) VALUES (:notificationId, 7, :at)', {
        notificationId,
        at: new Date(noon),
      })
    await attempt()
    await expect(attempt()).rejects.toMatchObject({ code: '23505' })
  })
})
