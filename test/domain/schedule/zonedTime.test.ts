import {
  addDays,
  dateOf,
  instantAt,
  isoAt,
  isoWeekday,
  isTimeZone,
  offsetAt,
  wallTimeOf,
} from '../../../domain/schedule/zonedTime'

const chicago = 'America/Chicago'

describe('wall clocks', () => {
  test('a date and a time in a zone are one instant, and back', () => {
    const instant = Date.parse('2026-11-24T22:00:00Z')
    expect(instantAt('2026-11-24', '16:00', chicago)).toBe(instant)
    expect([dateOf(instant, chicago), wallTimeOf(instant, chicago)]).toEqual(['2026-11-24', '16:00'])
    expect([dateOf(instant, 'Asia/Kathmandu'), wallTimeOf(instant, 'Asia/Kathmandu')]).toEqual(['2026-11-25', '03:45'])
  })

  test('seconds are cut off, not rounded', () => {
    expect(wallTimeOf(Date.parse('2026-11-24T21:59:59.999Z'), chicago)).toBe('15:59')
  })

  test.each([
    [chicago, '2026-03-08', '02:00', '2026-03-08T03:00:00-05:00'],
    [chicago, '2026-03-08', '02:30', '2026-03-08T03:30:00-05:00'],
    [chicago, '2026-03-08', '01:59', '2026-03-08T01:59:00-06:00'],
    ['Australia/Lord_Howe', '2026-10-04', '02:10', '2026-10-04T02:40:00+11:00'],
    ['Africa/Cairo', '2026-04-24', '00:15', '2026-04-24T01:15:00+03:00'],
  ])('in %s on %s the skipped %s is %s', (zone, date, time, expected) => {
    expect(isoAt(instantAt(date, time, zone), zone)).toBe(expected)
  })

  test.each([
    [chicago, '2026-11-01', '01:00', '2026-11-01T01:00:00-05:00'],
    [chicago, '2026-11-01', '01:30', '2026-11-01T01:30:00-05:00'],
    [chicago, '2026-11-01', '02:00', '2026-11-01T02:00:00-06:00'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-05T01:45:00+11:00'],
  ])('in %s on %s the doubled %s is the first, %s', (zone, date, time, expected) => {
    expect(isoAt(instantAt(date, time, zone), zone)).toBe(expected)
  })

  test('offsets are of the instant', () => {
    expect(offsetAt(Date.parse('2026-07-01T00:00Z'), chicago)).toBe(-5 * 3_600_000)
    expect(offsetAt(Date.parse('2026-01-01T00:00Z'), chicago)).toBe(-6 * 3_600_000)
    expect(offsetAt(0, 'Asia/Kathmandu')).toBe(5.5 * 3_600_000)
  })

  test('what is no date, time or zone is a RangeError', () => {
    expect(() => instantAt('2026-02-30', '16:00', chicago)).toThrow(RangeError)
    expect(() => instantAt('2026-02-03', '25:00', chicago)).toThrow(RangeError)
    expect(() => dateOf(0, 'America/Chicgo')).toThrow(RangeError)
  })
})

describe('dates', () => {
  test('days are added across months, leap days and changes of the clocks', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-03-07', 2)).toBe('2026-03-09')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })

  test('Monday is 1 and Sunday 7', () => {
    expect([isoWeekday('2026-02-02'), isoWeekday('2026-02-08')]).toEqual([1, 7])
  })
})

test('a time zone is an IANA name that this machine knows', () => {
  const names = ['UTC', chicago, 'Asia/Kathmandu', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5']
  expect(names.filter(isTimeZone)).toEqual(names)
  const others = ['', 'Mars/Olympus', '+05:45', '2026-02-03T00:00Z[UTC]', 'T10:00[UTC]', 'Chicago', ' UTC']
  expect(others.filter(isTimeZone)).toEqual([])
})
