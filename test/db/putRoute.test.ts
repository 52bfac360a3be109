import { putRoute, type RouteDocument } from '../../db/putRoute'
import { lockRoute, setRouteStatus } from '../../db/routes'
import { getRoute } from '../../db/routeViews'
import { rows, theRow } from '../../db/sql'
import { putTruck } from '../../db/trucks'
import { recordVisitEvent } from '../../db/visitEvents'
import { aRoute, aStop, noon, seedCompany, seedNotification } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string

beforeEach(async () => {
  companyId = await seedCompany(database.db)
})

const ref = () => ({ companyId, routeId: 'R1' })
const put = (document: RouteDocument) => database.db.transaction((trx) => putRoute(trx, companyId, document))
const putStopIds = (...stopIds: string[]) =>
  put(
    aRoute(
      'R1',
      stopIds.map((stopId) => aStop(stopId)),
    ),
  )
const confirm = (confirmation: number) =>
  database.db.transaction((trx) => setRouteStatus(trx, ref(), 'confirmed', { confirmedAt: noon, confirmation }))
const unconfirm = () => setRouteStatus(database.db, ref(), 'planned')
const stops = async () => (await getRoute(database.db, ref()))?.stops.map(({ stopId, status }) => `${stopId} ${status}`)
const late = async () =>
  (
    await rows<{ stopId: string }>(
      database.db,
      `SELECT stop_id AS "stopId" FROM stops WHERE company_id = :companyId AND added_late AND added_at IS NULL`,
      { companyId },
    )
  ).map(({ stopId }) => stopId)
const editPending = async () =>
  (
    await theRow<{ pending: boolean }>(
      database.db,
      'SELECT edit_pending AS pending FROM routes WHERE company_id = :companyId',
      { companyId },
    )
  ).pending

describe('a route that is put', () => {
  test('is read back as it was, with its truck', async () => {
    const full = aStop('S1', {
      kind: 'pickup',
      timeZone: 'America/Denver',
      location: { latitude: 41.5, longitude: -87.25 },
      geofenceId: 'G1',
      contractNumbers: ['C2', 'C1'],
    })
    expect(await put(aRoute('R1', [full, aStop('S2')], { driverName: 'Dan' }))).toEqual({
      created: true,
      changed: true,
      before: null,
    })
    expect(await getRoute(database.db, ref())).toMatchObject({
      ...ref(),
      name: 'Route',
      serviceDate: '2026-12-02',
      status: 'planned',
      driverName: 'Dan',
      confirmedAt: null,
      confirmation: 0,
      truck: { truckId: 'T1', device: { vendor: 'samsara', deviceId: 'D1' } },
      stops: [
        { ...full, status: 'pending', addedAt: null, arrivedAt: null, departedAt: null },
        { ...aStop('S2'), status: 'pending' },
      ],
    })
  })

  test('again unchanged has not changed; each single change has', async () => {
    await put(aRoute('R1', [aStop('S1'), aStop('S2')]))
    const changed = async (document: RouteDocument) => (await put(document)).changed
    expect(await changed(aRoute('R1', [aStop('S1'), aStop('S2')]))).toBe(false)
    expect(await changed(aRoute('R1', [aStop('S1'), aStop('S2')], { truckId: null }))).toBe(true)
    expect(await changed(aRoute('R1', [aStop('S2'), aStop('S1')], { truckId: null }))).toBe(true)
    const moved = aStop('S1', { scheduledAt: noon + 60_000 })
    expect(await changed(aRoute('R1', [aStop('S2'), moved], { truckId: null }))).toBe(true)
    const recontracted = { ...moved, contractNumbers: ['C2', 'C1'] }
    expect(await changed(aRoute('R1', [aStop('S2'), recontracted], { truckId: null }))).toBe(true)
    expect(await changed(aRoute('R1', [aStop('S2'), recontracted], { truckId: null }))).toBe(false)
    expect((await getRoute(database.db, ref()))?.stops).toMatchObject([{ stopId: 'S2' }, recontracted])
  })

  test('with an unknown truck or contract is refused', async () => {
    await expect(put(aRoute('R1', [], { truckId: 'T9' }))).rejects.toMatchObject({ code: '23503' })
    await expect(put(aRoute('R1', [aStop('S1', { contractNumbers: ['C9'] })]))).rejects.toMatchObject({ code: '23503' })
  })

  test('many times at once is created once, and one of the documents as a whole', async () => {
    const documents = [['S1', 'S2'], ['S2', 'S3', 'S1'], ['S3']]
    const outcomes = await Promise.all(documents.map((stopIds) => putStopIds(...stopIds)))
    expect(outcomes.filter(({ created }) => created)).toHaveLength(1)
    expect(outcomes.filter(({ before }) => before !== null)).toHaveLength(2)
    const expected = documents.map((stopIds) => stopIds.map((stopId) => `${stopId} pending`))
    expect(expected).toContainEqual(await stops())
  })

  test('of 200 stops is stored and replaced', async () => {
    const many = Array.from({ length: 200 }, (_, index) => aStop(`S${index}`))
    await put(aRoute('R1', many))
    await put(aRoute('R1', many.toReversed()))
    expect((await getRoute(database.db, ref()))?.stops.map(({ stopId }) => stopId)).toEqual(
      many.toReversed().map(({ stopId }) => stopId),
    )
  })
})

describe('a stop that is taken off a planned route', () => {
  test('is forgotten', async () => {
    await putStopIds('S1', 'S2', 'S3')
    expect(await putStopIds('S1', 'S3')).toMatchObject({ created: false, changed: true })
    expect(await stops()).toEqual(['S1 pending', 'S3 pending'])
  })

  test('stays as cancelled when a notification or a report speaks of it', async () => {
    await putStopIds('S1', 'S2', 'S3')
    await seedNotification(database.db, { company_id: companyId, route_id: 'R1', stop_id: 'S1' })
    await recordVisitEvent(database.db, {
      ...ref(),
      source: 'driver',
      eventId: 'e1',
      kind: 'arrived',
      outcome: 'not_arrival_source',
      occurredAt: noon,
      stopId: 'S2',
    })
    await putStopIds('S3')
    expect(await stops()).toEqual(['S3 pending', 'S1 cancelled', 'S2 cancelled'])
    expect(await putStopIds('S3')).toMatchObject({ changed: false })
  })
})

describe('the stops of a confirmed route', () => {
  beforeEach(async () => {
    await putStopIds('S1', 'S2')
    await confirm(1)
  })

  test('keep what happened there when the plan changes, and the edit waits for the engine', async () => {
    await rows(
      database.db,
      `UPDATE stops SET status = 'arrived', arrived_at = :at WHERE company_id = :companyId AND stop_id = 'S1'`,
      { companyId, at: new Date(noon) },
    )
    expect(await editPending()).toBe(false)
    await put(aRoute('R1', [aStop('S2'), aStop('S1', { scheduledAt: noon + 3_600_000 })]))
    expect((await getRoute(database.db, ref()))?.stops).toMatchObject([
      { stopId: 'S2', status: 'pending', arrivedAt: null },
      { stopId: 'S1', status: 'arrived', arrivedAt: noon, scheduledAt: noon + 3_600_000 },
    ])
    expect(await editPending()).toBe(true)
    expect(await late()).toEqual([])
  })

  test('put again unchanged are no edit', async () => {
    expect(await putStopIds('S1', 'S2')).toMatchObject({ changed: false, before: { status: 'confirmed' } })
    expect(await editPending()).toBe(false)
  })

  test('become cancelled when they are removed, and stand behind the plan', async () => {
    await putStopIds('S2')
    expect(await stops()).toEqual(['S2 pending', 'S1 cancelled'])
    await putStopIds('S3', 'S2', 'S4')
    expect(await stops()).toEqual(['S3 pending', 'S2 pending', 'S4 pending', 'S1 cancelled'])
  })

  test('that come back are the same stops, late ones', async () => {
    await rows(
      database.db,
      `UPDATE stops SET status = 'departed', arrived_at = :at, departed_at = :at
       WHERE company_id = :companyId AND stop_id = 'S2'`,
      { companyId, at: new Date(noon) },
    )
    await putStopIds('S3')
    expect(await stops()).toEqual(['S3 pending', 'S1 cancelled', 'S2 cancelled'])
    await putStopIds('S1', 'S2', 'S3')
    expect(await stops()).toEqual(['S1 pending', 'S2 departed', 'S3 pending'])
    expect((await late()).sort()).toEqual(['S1', 'S2', 'S3'])
  })

  test('that joined late were there from the beginning in the next confirmation', async () => {
    await putStopIds('S1', 'S2', 'S3')
    expect(await late()).toEqual(['S3'])
    await unconfirm()
    await putStopIds('S1', 'S2', 'S3', 'S4')
    await confirm(2)
    expect(await late()).toEqual([])
    expect(await database.db.transaction((trx) => lockRoute(trx, ref()))).toMatchObject({
      status: 'confirmed',
      confirmation: 2,
      confirmedAt: noon,
    })
  })

  test('keep to one plan when two changes come at once', async () => {
    await Promise.all([putStopIds('S1', 'S3'), putStopIds('S2', 'S4'), putStopIds('S1', 'S2', 'S5')])
    const planned = (await stops())?.filter((stop) => !stop.endsWith('cancelled'))
    expect([
      ['S1 pending', 'S3 pending'],
      ['S2 pending', 'S4 pending'],
      ['S1 pending', 'S2 pending', 'S5 pending'],
    ]).toContainEqual(planned)
  })
})

describe('a route that is saved while its truck gets another device', () => {
  test('does not wait for the truck, so that neither change ends in a deadlock', async () => {
    await put(aRoute('R1', [aStop('S1')], { truckId: null }))
    const truckChange = await database.db.transaction()
    await putTruck(truckChange, companyId, {
      truckId: 'T1',
      name: 'Truck 1',
      device: { vendor: 'generic', deviceId: 'D7' },
    })
    await put(aRoute('R1', [aStop('S1')], { truckId: 'T1' }))
    await lockRoute(truckChange, ref())
    await truckChange.commit()
    expect(await getRoute(database.db, ref())).toMatchObject({ truck: { device: { deviceId: 'D7' } } })
  })
})
