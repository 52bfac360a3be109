import { rows } from '../../db/sql'
import {
  isKnownVisitEvent,
  isReportedAlready,
  type ReportedVisit,
  recordVisitEvent,
  stopForGeofence,
  visitEventsOfStop,
} from '../../db/visitEvents'
import { aStop, confirmedRoute, noon, seedCompany } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string
let ref: { companyId: string; routeId: string }

beforeEach(async () => {
  companyId = await seedCompany(database.db)
  ref = await confirmedRoute(database.db, companyId, 'R1', [
    aStop('S1', { geofenceId: 'depot' }),
    aStop('S2'),
    aStop('S3', { geofenceId: 'depot' }),
  ])
})

const report = (fields: Partial<ReportedVisit> = {}): ReportedVisit => ({
  companyId,
  source: 'samsara',
  eventId: 'e1',
  kind: 'enter',
  outcome: 'counted',
  occurredAt: noon,
  routeId: 'R1',
  stopId: 'S1',
  deviceId: 'D1',
  geofenceId: 'depot',
  accuracyMeters: 12.5,
  ...fields,
})
const record = (event: ReportedVisit) => database.db.transaction((trx) => recordVisitEvent(trx, event))

describe('a report', () => {
  test('is kept as it came', async () => {
    const { recorded, id } = await record(report())
    expect(recorded).toBe(true)
    expect(await visitEventsOfStop(database.db, ref, 'S1')).toEqual([
      {
        id,
        source: 'samsara',
        eventId: 'e1',
        kind: 'enter',
        outcome: 'counted',
        deviceId: 'D1',
        geofenceId: 'depot',
        stopId: 'S1',
        reportedBy: null,
        occurredAt: noon,
        receivedAt: expect.any(Number),
        judgedAt: null,
        countedAt: null,
        accuracyMeters: 12.5,
      },
    ])
  })

  test('with the same id of the same source changes nothing; of another source it is another', async () => {
    const first = await record(report())
    expect(await record(report({ kind: 'exit', stopId: 'S2' }))).toEqual({ recorded: false, id: first.id })
    expect(await isKnownVisitEvent(database.db, companyId, 'samsara', 'e1')).toBe(true)
    expect(await isKnownVisitEvent(database.db, companyId, 'generic', 'e1')).toBe(false)
    expect(await record(report({ source: 'generic' }))).toMatchObject({ recorded: true })
  })

  test('that comes several times at once is recorded once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => record(report())))
    expect(outcomes.filter(({ recorded }) => recorded)).toHaveLength(1)
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(1)
  })

  test('whose first recording was rolled back is recorded by the second', async () => {
    const first = await database.db.transaction()
    await recordVisitEvent(first, report())
    const second = record(report())
    await first.rollback()
    expect(await second).toMatchObject({ recorded: true })
  })

  test('of an unknown device is kept without a route', async () => {
    const unknown = report({ outcome: 'unknown_device', routeId: null, stopId: null, deviceId: 'D9' })
    expect(await record(unknown)).toMatchObject({ recorded: true })
  })
})

describe('a report of what was reported already', () => {
  const known = (kind: ReportedVisit['kind'], minutes: number, stopId = 'S1') =>
    isReportedAlready(database.db, ref, { stopId, kind, occurredAt: noon + minutes * 60_000 })

  test('of an arrival or a departure is any that did not happen earlier', async () => {
    await record(report({ kind: 'arrived' }))
    expect([await known('arrived', -1), await known('arrived', 0), await known('arrived', 1)]).toEqual([
      false,
      true,
      true,
    ])
    expect([await known('departed', 1), await known('arrived', 1, 'S2')]).toEqual([false, false])
  })

  test('of a crossing is one of the same moment only, since a truck may come back', async () => {
    await record(report({ kind: 'enter' }))
    expect([await known('enter', 0), await known('enter', 1)]).toEqual([true, false])
  })

  test('is not one of a report that does not count', async () => {
    await record(report({ kind: 'enter', outcome: 'inaccurate' }))
    expect(await known('enter', 0)).toBe(false)
  })
})

describe('an event at a geofence that several stops have', () => {
  const later = noon + 60_000
  const mark = (stopId: string, status: string) =>
    rows(
      database.db,
      `UPDATE stops SET status = :status, arrived_at = :noon,
         departed_at = CASE WHEN :status = 'departed' THEN CAST(:noon AS timestamptz) END
       WHERE company_id = :companyId AND stop_id = :stopId`,
      { companyId, stopId, status, noon: new Date(noon) },
    )
  const found = async (at = later, names = ['address 7', 'depot']) =>
    (await stopForGeofence(database.db, ref, names, at))?.stopId

  test('belongs to the first that has not departed', async () => {
    expect(await found()).toBe('S1')
    await mark('S1', 'arrived')
    expect(await found()).toBe('S1')
    await mark('S1', 'departed')
    expect(await found()).toBe('S3')
  })

  test('belongs to a stop that departed later than the event happened, though it came after that', async () => {
    await mark('S1', 'departed')
    expect([await found(noon - 1), await found(noon), await found(noon + 1)]).toEqual(['S1', 'S1', 'S3'])
  })

  test('belongs to a skipped stop when no other is left, else to the last departed one', async () => {
    await mark('S1', 'skipped')
    expect(await found()).toBe('S3')
    await mark('S3', 'departed')
    expect(await found()).toBe('S1')
    await mark('S1', 'departed')
    expect(await found()).toBe('S3')
  })

  test('belongs to no cancelled stop and to no unknown geofence', async () => {
    await mark('S1', 'cancelled')
    expect(await found()).toBe('S3')
    await mark('S3', 'cancelled')
    expect(await found()).toBeUndefined()
    expect(await found(later, ['nowhere'])).toBeUndefined()
  })
})
