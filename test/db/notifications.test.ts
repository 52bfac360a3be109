import {
  getNotification,
  listNotifications,
  type NotificationFilter,
  notificationsOfRoute,
  notificationsOfRoutes,
} from '../../db/notifications'
import { rows } from '../../db/sql'
import { aStop, confirmedRoute, noon, seedCompany, seedNotification } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string
const minute = 60_000

beforeEach(async () => {
  companyId = await seedCompany(database.db)
  await confirmedRoute(database.db, companyId, 'R1', [aStop('S1'), aStop('S2')])
  await confirmedRoute(database.db, companyId, 'R2', [aStop('S1')])
})

const seed = (fields: Record<string, unknown>) =>
  seedNotification(database.db, { company_id: companyId, route_id: 'R1', stop_id: 'S1', ...fields })

describe('a notification', () => {
  test('is shown with its attempts and receipts, in order and in instants', async () => {
    const id = await seed({
      window_start: new Date(noon),
      window_end: new Date(noon + minute),
      decision: { rule: '2' },
    })
    await rows(
      database.db,
      `INSERT INTO attempts (notification_id, number, at, outcome, code, message, retry_at)
       VALUES (:id, 2, :at, 'accepted', NULL, NULL, NULL), (:id, 1, :at, 'try_later', '429', 'Too many', :retryAt)`,
      { id, at: new Date(noon + 0.5), retryAt: new Date(noon + 5_123) },
    )
    await rows(database.db, `INSERT INTO receipts VALUES (:id, 'sent', NULL, :at)`, { id, at: new Date(noon) })
    expect(await getNotification(database.db, companyId, id)).toMatchObject({
      id,
      companyId,
      routeId: 'R1',
      stopId: 'S1',
      recipient: '+13125550100',
      contractNumbers: ['C1'],
      window: { start: noon, end: noon + minute },
      decision: { rule: '2' },
      shortened: false,
      attempts: [
        { number: 1, at: noon, outcome: 'try_later', code: '429', message: 'Too many', retryAt: noon + 5_123 },
        { number: 2, at: noon, outcome: 'accepted', code: null, message: null, retryAt: null },
      ],
      receipts: [{ status: 'sent', code: null, at: noon }],
    })
  })

  test('of another company, or whose id is none, is not found', async () => {
    const id = await seed({})
    expect(await getNotification(database.db, 'company-1-not', id)).toBeNull()
    expect(await getNotification(database.db, companyId, 'x')).toBeNull()
    expect(await getNotification(database.db, companyId, '00000000-0000-4000-8000-000000000000')).toBeNull()
  })

  test('is listed with the others of its route, and of several routes, in the order of planning', async () => {
    const ids = [
      await seed({ planned_at: new Date(noon) }),
      await seed({ stop_id: null, internal: true }),
      await seed({ route_id: 'R2' }),
      await seed({ event: 'arrived', planned_at: new Date(noon - minute) }),
    ]
    const found = await notificationsOfRoute(database.db, { companyId, routeId: 'R1' })
    expect(found.map(({ id }) => id)).toEqual([ids[0], ids[1], ids[3]])
    const both = await notificationsOfRoutes(database.db, companyId, ['R1', 'R2'])
    expect(both.map(({ id }) => id)).toEqual(ids)
    expect(await notificationsOfRoutes(database.db, companyId, [])).toEqual([])
  })
})

describe('the list of notifications', () => {
  const list = async (filter: Partial<NotificationFilter>) => {
    const page = await listNotifications(database.db, companyId, { limit: 200, ...filter })
    return page.items.map(({ id }) => id)
  }

  test('goes backwards by the moment they are due, and no page repeats or misses one of the same moment', async () => {
    for (let revision = 1; revision <= 7; revision += 1) {
      await seed({ revision, planned_at: new Date(noon + Math.floor(revision / 3)) })
    }
    const all = await list({})
    expect(all).toHaveLength(7)
    const paged: string[] = []
    let after: string | undefined
    do {
      const page = await listNotifications(database.db, companyId, { limit: 2, after })
      paged.push(...page.items.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(paged).toEqual(all)
  })

  test('pages over moments finer than a millisecond', async () => {
    for (let revision = 1; revision <= 5; revision += 1) await seed({ revision })
    await rows(
      database.db,
      `UPDATE notifications SET created_at = timestamptz '2026-12-01' + revision * interval '150 microseconds'
       WHERE company_id = :companyId`,
      { companyId },
    )
    const first = await listNotifications(database.db, companyId, { limit: 3 })
    const second = await listNotifications(database.db, companyId, { limit: 3, after: first.next ?? '' })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5)
  })

  test('is filtered by route, stop, status, event, channel and time', async () => {
    const a = await seed({ planned_at: new Date(noon) })
    const b = await seed({ stop_id: 'S2', status: 'delivered', planned_at: new Date(noon + minute) })
    const c = await seed({
      route_id: 'R2',
      event: 'arrived',
      channel: 'email',
      planned_at: new Date(noon + 2 * minute),
    })
    expect(await list({})).toEqual([c, b, a])
    expect(await list({ routeId: 'R2' })).toEqual([c])
    expect(await list({ routeId: 'R1', stopId: 'S2' })).toEqual([b])
    expect(await list({ status: 'delivered' })).toEqual([b])
    expect(await list({ event: 'confirmed', channel: 'sms' })).toEqual([b, a])
    expect(await list({ channel: 'email' })).toEqual([c])
    expect(await list({ from: noon + minute })).toEqual([c, b])
    expect(await list({ from: noon, to: noon + minute })).toEqual([a])
  })
})
