import { plannedWindow } from '../../../domain/schedule/toldWindow'
import { isoAt } from '../../../domain/schedule/zonedTime'

const buffer = (before: number, after: number, roundToMinutes: number) => ({
  delivery: { beforeMinutes: before, afterMinutes: after },
  pickup: { beforeMinutes: 0, afterMinutes: 120 },
  roundToMinutes,
})

const window = (scheduled: string, zone: string, etaBuffer: ReturnType<typeof buffer>, kind: 'delivery' | 'pickup') => {
  const { start, end } = plannedWindow({ kind, scheduledAt: Date.parse(scheduled) }, etaBuffer, zone)
  return [isoAt(start, zone), isoAt(end, zone)]
}
const delivery = (scheduled: string, zone: string, etaBuffer: ReturnType<typeof buffer>) =>
  window(scheduled, zone, etaBuffer, 'delivery')

const chicago = 'America/Chicago'
const kathmandu = 'Asia/Kathmandu'

describe('the window that a customer would be told', () => {
  test('is the scheduled time minus before to plus after, by the kind of stop', () => {
    const scheduled = '2026-02-04T13:00:00-06:00'
    expect(window(scheduled, chicago, buffer(30, 45, 5), 'delivery')).toEqual([
      '2026-02-04T12:30:00-06:00',
      '2026-02-04T13:45:00-06:00',
    ])
    expect(window(scheduled, chicago, buffer(30, 45, 5), 'pickup')).toEqual([
      '2026-02-04T13:00:00-06:00',
      '2026-02-04T15:00:00-06:00',
    ])
  })

  test.each([
    [1, '2026-02-04T12:32:07-06:00', '2026-02-04T13:32:07-06:00'],
    [5, '2026-02-04T12:30:00-06:00', '2026-02-04T13:35:00-06:00'],
    [15, '2026-02-04T12:30:00-06:00', '2026-02-04T13:45:00-06:00'],
    [20, '2026-02-04T12:20:00-06:00', '2026-02-04T13:40:00-06:00'],
    [60, '2026-02-04T12:00:00-06:00', '2026-02-04T14:00:00-06:00'],
  ])('is rounded outward to %i minutes: %s to %s', (roundToMinutes, start, end) => {
    expect(delivery('2026-02-04T13:02:07-06:00', chicago, buffer(30, 30, roundToMinutes))).toEqual([start, end])
  })

  test('is rounded on the wall clock of a zone that is not whole hours from UTC', () => {
    expect(delivery('2026-02-04T13:02:00+05:45', kathmandu, buffer(30, 30, 60))).toEqual([
      '2026-02-04T12:00:00+05:45',
      '2026-02-04T14:00:00+05:45',
    ])
    expect(delivery('2026-02-04T13:00:00+05:45', kathmandu, buffer(60, 60, 30))).toEqual([
      '2026-02-04T12:00:00+05:45',
      '2026-02-04T14:00:00+05:45',
    ])
  })

  test('counts real minutes where the clocks skip an hour', () => {
    expect(delivery('2026-03-08T03:10:00-05:00', chicago, buffer(30, 30, 15))).toEqual([
      '2026-03-08T01:30:00-06:00',
      '2026-03-08T03:45:00-05:00',
    ])
    expect(delivery('2026-03-08T01:40:00-06:00', chicago, buffer(30, 15, 60))).toEqual([
      '2026-03-08T01:00:00-06:00',
      '2026-03-08T03:00:00-05:00',
    ])
  })

  test('counts real minutes where an hour comes twice, and does not jump over the second', () => {
    expect(delivery('2026-11-01T01:28:00-05:00', chicago, buffer(30, 30, 5))).toEqual([
      '2026-11-01T00:55:00-05:00',
      '2026-11-01T01:00:00-06:00',
    ])
    expect(delivery('2026-11-01T01:10:00-06:00', chicago, buffer(30, 30, 15))).toEqual([
      '2026-11-01T01:30:00-05:00',
      '2026-11-01T01:45:00-06:00',
    ])
  })

  test('rounds each end on the clock of its own moment, also where the clocks move by half an hour', () => {
    expect(delivery('2026-10-04T01:40:00+10:30', 'Australia/Lord_Howe', buffer(30, 40, 60))).toEqual([
      '2026-10-04T01:00:00+10:30',
      '2026-10-04T03:00:00+11:00',
    ])
  })
})
