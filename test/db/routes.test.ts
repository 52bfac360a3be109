import { getRouteHead, liveRouteOfTruckAt, lockRoute, setRouteStatus } from '../../db/routes'
import { getRoute, listRoutes } from '../../db/routeViews'
import { findStop } from '../../db/stops'
import { aStop, confirmedRoute, noon, seedCompany } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string

beforeEach(async () => {
  companyId = await seedCompany(database.db)
})

const hour = 3_600_000
const day = '2026-12-02'

describe('a route', () => {
  test('that does not exist is null everywhere', async () => {
    const ref = { companyId, routeId: 'R9' }
    expect(await getRoute(database.db, ref)).toBeNull()
    expect(await getRouteHead(database.db, ref)).toBeNull()
    expect(await findStop(database.db, ref, 'S1')).toBeNull()
    expect(await database.db.transaction((trx) => lockRoute(trx, ref))).toBeNull()
  })

  test('that is locked lets the next change wait, which then sees what was written', async () => {
    const ref = await confirmedRoute(database.db, companyId, 'R1', [aStop('S1')])
    const first = await database.db.transaction()
    await lockRoute(first, ref)
    const second = database.db.transaction((trx) => lockRoute(trx, ref))
    await setRouteStatus(first, ref, 'in_progress')
    await first.commit()
    expect(await second).toMatchObject({ status: 'in_progress', serviceDate: day, truckId: 'T1' })
  })
})

test('a route that is confirmed again keeps when its stops were added, as far as the engine has seen them', async () => {
  const ref = await confirmedRoute(database.db, companyId, 'R1', [aStop('S1'), aStop('S2'), aStop('S3')])
  const stop = (stopId: string) =>
    database.db('stops').where({ company_id: companyId, route_id: 'R1', stop_id: stopId })
  await stop('S2').update({ added_late: true, added_at: new Date(noon) })
  await stop('S3').update({ added_late: true })
  await database.db.transaction((trx) => setRouteStatus(trx, ref, 'planned'))
  await database.db.transaction((trx) =>
    setRouteStatus(trx, ref, 'confirmed', { confirmedAt: noon + hour, confirmation: 2 }),
  )
  const stops = await database.db('stops').where({ company_id: companyId }).orderBy('stop_id')
  expect(stops.map(({ added_late, added_at }) => [added_late, added_at])).toEqual([
    [false, null],
    [true, noon],
    [false, null],
  ])
})

describe('the route that a truck is on', () => {
  const at = (hours: number) => [aStop('S1', { scheduledAt: noon + hours * hour })]

  test('is the unfinished one with the earliest first stop of that day', async () => {
    const late = await confirmedRoute(database.db, companyId, 'A', at(3))
    const early = await confirmedRoute(database.db, companyId, 'B', at(1))
    await confirmedRoute(database.db, companyId, 'other-day', at(-20), { serviceDate: '2026-12-01' })
    await confirmedRoute(database.db, companyId, 'other-truck', at(0), { truckId: 'T2' })
    const unconfirmed = await confirmedRoute(database.db, companyId, 'planned', at(0))
    await setRouteStatus(database.db, unconfirmed, 'planned')
    expect(await liveRouteOfTruckAt(database.db, companyId, 'T1', day)).toEqual(early)
    await setRouteStatus(database.db, early, 'in_progress')
    expect(await liveRouteOfTruckAt(database.db, companyId, 'T1', day)).toEqual(early)
    await setRouteStatus(database.db, early, 'completed')
    expect(await liveRouteOfTruckAt(database.db, companyId, 'T1', day)).toEqual(late)
    await setRouteStatus(database.db, late, 'cancelled')
    expect(await liveRouteOfTruckAt(database.db, companyId, 'T1', day)).toBeNull()
  })

  test('is the one with the stop that is named, if there is one', async () => {
    const early = await confirmedRoute(database.db, companyId, 'A', [aStop('S1', { scheduledAt: noon })])
    const late = await confirmedRoute(database.db, companyId, 'B', [aStop('S2', { scheduledAt: noon + hour })])
    expect(await liveRouteOfTruckAt(database.db, companyId, 'T1', day, 'S2')).toEqual(late)
    expect(await liveRouteOfTruckAt(database.db, companyId, 'T1', day, 'S9')).toEqual(early)
    await setRouteStatus(database.db, late, 'completed')
    expect(await liveRouteOfTruckAt(database.db, companyId, 'T1', day, 'S2')).toEqual(early)
  })
})

describe('the list of routes', () => {
  beforeEach(async () => {
    for (const [routeId, serviceDate] of [
      ['R2', '2026-12-03'],
      ['R1', '2026-12-03'],
      ['R3', '2026-12-01'],
    ] as const) {
      await confirmedRoute(database.db, companyId, routeId, [aStop('S1'), aStop('S2')], { serviceDate })
    }
    await setRouteStatus(database.db, { companyId, routeId: 'R1' }, 'completed')
    await confirmedRoute(database.db, await seedCompany(database.db), 'elsewhere', [])
  })

  test('goes by date and id, page by page, with the stops', async () => {
    const first = await listRoutes(database.db, companyId, { limit: 2 })
    expect(first.items).toMatchObject([
      { routeId: 'R3', stops: [{ stopId: 'S1' }, { stopId: 'S2' }] },
      { routeId: 'R1', stops: [{ stopId: 'S1' }, { stopId: 'S2' }] },
    ])
    const second = await listRoutes(database.db, companyId, { limit: 2, after: first.next ?? '' })
    expect(second).toMatchObject({ items: [{ routeId: 'R2' }], next: null })
  })

  test('is filtered by date and status', async () => {
    const ids = async (filter: object) =>
      (await listRoutes(database.db, companyId, { limit: 10, ...filter })).items.map(({ routeId }) => routeId)
    expect(await ids({ serviceDate: '2026-12-03' })).toEqual(['R1', 'R2'])
    expect(await ids({ status: 'confirmed' })).toEqual(['R3', 'R2'])
    expect(await ids({ serviceDate: '2026-12-03', status: 'completed' })).toEqual(['R1'])
    expect(await ids({ status: 'cancelled' })).toEqual([])
  })

  test.each([
    'x',
    '',
    Buffer.from('["2026-13-77","R1"]').toString('base64url'),
    Buffer.from('[1]').toString('base64url'),
  ])('refuses a cursor that it never gave out: %j', async (after) => {
    await expect(listRoutes(database.db, companyId, { limit: 2, after })).rejects.toThrow('The cursor is not one')
  })
})
