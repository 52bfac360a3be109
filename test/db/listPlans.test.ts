import type { Knex } from 'knex'
import { listApiKeys } from '../../db/apiKeys'
import { listCompanies } from '../../db/companies'
import { listConsents, optedOut } from '../../db/consents'
import { getContract, listContracts, liveRoutesOfContract } from '../../db/contracts'
import { listNotifications, notificationsOfRoutes } from '../../db/notifications'
import { findSession } from '../../db/operatorSessions'
import { takeOutboxBatch } from '../../db/outbox'
import { liveRouteOfTruckAt } from '../../db/routes'
import { getRoute, listRoutes } from '../../db/routeViews'
import { listSettingsVersions } from '../../db/settingsVersions'
import { searchStops } from '../../db/stopSearch'
import { storedStory } from '../../db/stopStory'
import { toldByPhoneOfRoutes } from '../../db/toldByPhone'
import { listTrucks, liveRoutesOfTruck, truckOfDevice } from '../../db/trucks'
import { isReportedAlready, stopForGeofence, visitEventsOfStop } from '../../db/visitEvents'
import { noon } from './seed'
import { useDatabase } from './useDatabase'

/** 20 companies with 300 routes, 20 trucks and 300 contracts each; a tenth of everything belongs to the company asked. */
const fill = `
  INSERT INTO companies (company_id, name) SELECT 'c' || c, 'Company' FROM generate_series(1, 20) c;
  -- So many that even they are not read whole.
  INSERT INTO companies (company_id, name) SELECT 'other' || c, 'Company' FROM generate_series(1, 3000) c;
  INSERT INTO settings_versions (company_id, version, document, changed_by)
    SELECT 'c' || c, v, '{}', 'x' FROM generate_series(1, 20) c, generate_series(1, 100) v;
  INSERT INTO api_keys (id, name, role, company_id, secret_hash, created_by)
    SELECT 'k' || c || '-' || k, 'k', 'viewer', 'c' || c, decode(md5(c || '-' || k), 'hex'), 'x'
    FROM generate_series(1, 20) c, generate_series(1, 100) k;
  INSERT INTO trucks (company_id, truck_id, name, device_vendor, device_id)
    SELECT 'c' || c, 't' || t, 'T', 'samsara', 'd' || t FROM generate_series(1, 20) c, generate_series(1, 100) t;
  INSERT INTO contracts (company_id, number, customer_name)
    SELECT 'c' || c, 'n' || n, 'N' || n FROM generate_series(1, 20) c, generate_series(1, 300) n;
  INSERT INTO delivery_notifications (company_id, contract_number, position, method, address, events)
    SELECT 'c' || c, 'n' || n, 0, 'sms', '+1312555' || n, '{confirmed}'
    FROM generate_series(1, 20) c, generate_series(1, 300) n;
  INSERT INTO operators (id, email, name, role, created_by)
    SELECT 'o' || n, 'o' || n || '@example.com', 'O', 'admin', 'x' FROM generate_series(1, 1000) n;
  INSERT INTO operator_sessions (token_hash, operator_id, created_at, used_at)
    SELECT decode(md5('s' || n), 'hex'), 'o' || n, now(), now() FROM generate_series(1, 1000) n;
  INSERT INTO routes (company_id, route_id, name, service_date, truck_id, status, confirmed_at)
    SELECT 'c' || c, 'r' || r, 'R', date '2026-01-01' + r, 't' || (r % 20 + 1),
      (ARRAY['completed', 'completed', 'confirmed', 'planned'])[r % 4 + 1], now()
    FROM generate_series(1, 20) c, generate_series(1, 300) r;
  INSERT INTO stops (company_id, route_id, stop_id, position, kind, scheduled_at, address, geofence_id)
    SELECT r.company_id, r.route_id, 's' || s, s, 'delivery', now(), 'A', 'g' || s
    FROM routes r, generate_series(1, 5) s;
  INSERT INTO stop_contracts (company_id, route_id, stop_id, position, contract_number)
    SELECT s.company_id, s.route_id, s.stop_id, 0, 'n' || (substr(s.route_id, 2)::integer) FROM stops s;
  INSERT INTO visit_events (company_id, source, event_id, kind, route_id, stop_id, occurred_at, outcome)
    SELECT company_id, 'samsara', route_id || stop_id, 'arrived', route_id, stop_id, now(), 'counted' FROM stops;
  INSERT INTO notifications (company_id, route_id, stop_id, event, channel, address, revision, contract_numbers,
      confirmation, status, reason, planned_at, settings_version, provider_id)
    SELECT company_id, route_id, stop_id, 'confirmed', 'sms', '+1312555' || position, 1, '{n1}', 1,
      CASE WHEN position = 1 THEN 'failed' ELSE 'delivered' END, CASE WHEN position = 1 THEN 'unreachable' END,
      timestamptz '2026-01-01' + substr(route_id, 2)::integer * interval '1 day', 1,
      company_id || route_id || stop_id
    FROM stops;
  INSERT INTO notification_decisions (notification_id, at, status, decision, settings_version)
    SELECT id, now(), 'planned', '{}', 1 FROM notifications;
  INSERT INTO route_changes (company_id, route_id, at, status) SELECT company_id, route_id, now(), 'confirmed' FROM routes;
  INSERT INTO attempts (notification_id, number, at, outcome) SELECT id, 1, now(), 'accepted' FROM notifications;
  INSERT INTO receipts (notification_id, status, at) SELECT id, 'sent', now() FROM notifications;
  INSERT INTO hand_offs (company_id, route_id, vendor, device_id) SELECT company_id, route_id, 'samsara', 'd1' FROM routes;
  INSERT INTO hand_off_attempts (hand_off_id, number, action, at) SELECT id, 1, 'hand_over', now() FROM hand_offs;
  INSERT INTO told_by_phone (company_id, route_id, stop_id, contract_number, event, told_at, told_by, key_id)
    SELECT company_id, route_id, stop_id, 'n1', 'confirmed', now(), 'Office', 'k1' FROM stops;
  INSERT INTO consents (company_id, channel, address, action, source)
    SELECT CASE WHEN n % 10 > 0 THEN 'c' || c END, 'sms', '+1312555' || n, 'revoked', 'x'
    FROM generate_series(1, 20) c, generate_series(1, 300) n;
  INSERT INTO outbox (company_id, route_id, message, not_before)
    SELECT company_id, route_id, '{}', now() - interval '1 minute' FROM routes, generate_series(1, 3);
  ANALYZE;
`

const database = useDatabase()

beforeAll(() => database.db.raw(fill))

/** Runs the call and gives the plan of each statement that it made. */
async function plansOf(call: (trx: Knex) => Promise<unknown>): Promise<string> {
  const trx = await database.db.transaction()
  const made: { sql: string; bindings: unknown[] }[] = []
  const note = ({ sql, bindings }: { sql: string; bindings: unknown[] }) => made.push({ sql, bindings })
  trx.on('query', note)
  await call(trx)
  trx.off('query', note)
  const plans: string[] = []
  for (const { sql, bindings } of made) {
    // The bindings are numbered already: knex would look for its own.
    const explained = await trx.client.raw(`EXPLAIN ${sql.replaceAll(/\$\d+/g, '?')}`, bindings)
    plans.push(explained.rows.map((line: Record<string, string>) => line['QUERY PLAN']).join('\n'))
  }
  await trx.rollback()
  if (plans.length === 0) throw new Error('The call made no statement.')
  return plans.join('\n\n')
}

const companyId = 'c7'
const limit = 50
const route = { companyId, routeId: 'r17' }

async function cursorAfter(list: (trx: Knex) => Promise<{ next: string | null }>): Promise<string> {
  const { next } = await list(database.db)
  if (next === null) throw new Error('The list has one page.')
  return next
}

const lists: [string, (db: Knex) => Promise<{ next: string | null }>, (db: Knex, after: string) => Promise<unknown>][] =
  [
    [
      'routes',
      (db) => listRoutes(db, companyId, { limit }),
      (db, after) => listRoutes(db, companyId, { limit, after }),
    ],
    [
      'routes by status',
      (db) => listRoutes(db, companyId, { limit, status: 'confirmed' }),
      (db, after) => listRoutes(db, companyId, { limit, status: 'confirmed', after }),
    ],
    [
      'notifications',
      (db) => listNotifications(db, companyId, { limit }),
      (db, after) => listNotifications(db, companyId, { limit, after }),
    ],
    [
      'notifications by status',
      (db) => listNotifications(db, companyId, { limit, status: 'failed' }),
      (db, after) => listNotifications(db, companyId, { limit, status: 'failed', after }),
    ],
    [
      'notifications by event and channel',
      (db) => listNotifications(db, companyId, { limit, event: 'confirmed', channel: 'sms' }),
      (db, after) => listNotifications(db, companyId, { limit, event: 'confirmed', channel: 'sms', after }),
    ],
    [
      'consents',
      (db) => listConsents(db, companyId, { limit }),
      (db, after) => listConsents(db, companyId, { limit, after }),
    ],
    [
      'trucks',
      (db) => listTrucks(db, companyId, { serviceDate: '2026-03-01', limit }),
      (db, after) => listTrucks(db, companyId, { serviceDate: '2026-03-01', limit, after }),
    ],
    [
      'contracts',
      (db) => listContracts(db, companyId, { limit }),
      (db, after) => listContracts(db, companyId, { limit, after }),
    ],
    [
      'contracts that begin so',
      (db) => listContracts(db, companyId, { limit, search: { start: 'N1', wholeName: false } }),
      (db, after) => listContracts(db, companyId, { limit, search: { start: 'N1', wholeName: false }, after }),
    ],
    [
      'settings versions',
      (db) => listSettingsVersions(db, companyId, { limit }),
      (db, after) => listSettingsVersions(db, companyId, { limit, after }),
    ],
    [
      'API keys',
      (db) => listApiKeys(db, { companyId, limit }),
      (db, after) => listApiKeys(db, { companyId, limit, after }),
    ],
    [
      'API keys of all companies',
      (db) => listApiKeys(db, { companyId: null, limit }),
      (db, after) => listApiKeys(db, { companyId: null, limit, after }),
    ],
  ]

const lookUps: [string, (db: Knex) => Promise<unknown>][] = [
  ['a route', (db) => getRoute(db, route)],
  ['the routes of a day', (db) => listRoutes(db, companyId, { limit, serviceDate: '2026-03-01' })],
  ['the notifications of a page of routes', (db) => notificationsOfRoutes(db, companyId, ['r1', 'r2', 'r3'])],
  ['the notifications of a route in the list', (db) => listNotifications(db, companyId, { limit, routeId: 'r17' })],
  [
    'the notifications of a stretch of time',
    (db) => listNotifications(db, companyId, { limit, from: noon - 1e10, to: noon }),
  ],
  [
    'the notifications to a recipient',
    (db) => listNotifications(db, companyId, { limit, recipient: { whole: '+13125553' } }),
  ],
  [
    'the notifications to recipients that begin so',
    (db) => listNotifications(db, companyId, { limit, recipient: { start: '+13125553' } }),
  ],
  ['the notifications of a contract', (db) => listNotifications(db, companyId, { limit, contractNumber: 'n17' })],
  ['the notifications of a day', (db) => listNotifications(db, companyId, { limit, serviceDate: '2026-03-01' })],
  ['a company among all', (db) => listCompanies(db, { companyId: null, limit, after: undefined })],
  ['an operator’s session', (db) => findSession(db, Buffer.alloc(32), noon)],
  ['the consents of an address', (db) => listConsents(db, companyId, { limit, address: '+131255517' })],
  ['who has opted out', (db) => optedOut(db, companyId, [{ channel: 'sms', address: '+131255517' }])],
  ['a contract', (db) => getContract(db, companyId, 'n17')],
  ['the live routes of a contract', (db) => liveRoutesOfContract(db, companyId, 'n17')],
  ['the live routes of a truck', (db) => liveRoutesOfTruck(db, companyId, 't7')],
  ['the truck of a device', (db) => truckOfDevice(db, companyId, 'samsara', 'd7')],
  ['the route that a truck is on', (db) => liveRouteOfTruckAt(db, companyId, 't7', '2026-03-01', 's3')],
  ['the stop of a geofence', (db) => stopForGeofence(db, route, ['g3', 'depot'], noon)],
  [
    'an earlier report of the same',
    (db) => isReportedAlready(db, route, { stopId: 's3', kind: 'arrived', occurredAt: noon }),
  ],
  ['the reports about a stop', (db) => visitEventsOfStop(db, route, 's3')],
  ['the story of a stop', (db) => storedStory(db, route, 's3')],
  ['what was told by phone on some routes', (db) => toldByPhoneOfRoutes(db, companyId, ['r17', 'r18'])],
  [
    'the stops of a customer',
    (db) =>
      searchStops(db, companyId, {
        ...{ words: 'n17', wholeName: false, recipient: { start: '+131255517' } },
        ...{ addressesFrom: '2026-03-01', now: noon, limit },
      }),
  ],
  ['the next batch of the outbox', (db) => takeOutboxBatch(db, 10)],
]

describe('in a filled database nothing reads a whole table', () => {
  test.each(lists)('to list %s, first page or later', async (_what, first, later) => {
    expect(await plansOf(first)).not.toContain('Seq Scan')
    const after = await cursorAfter(first)
    expect(await plansOf((trx) => later(trx, after))).not.toContain('Seq Scan')
  })

  test.each(lookUps)('to find %s', async (_what, call) => {
    expect(await plansOf(call)).not.toContain('Seq Scan')
  })

  test('to list notifications, and none is sorted', async () => {
    const plan = await plansOf((trx) => listNotifications(trx, companyId, { limit }))
    expect(plan).toMatch(/^Limit.*\n.*Index Scan using notifications_list/)
  })

  test('to look for contracts by number and customer: both are found in an index', async () => {
    const search = { start: 'n1', wholeName: false }
    const plan = await plansOf((trx) => listContracts(trx, companyId, { limit, search }))
    for (const index of ['contracts_list', 'contracts_by_customer'])
      expect(plan).toMatch(new RegExp(`Index Scan (using|on) ${index}.*(\\n.*Cond: .*n1)`))
  })
})
