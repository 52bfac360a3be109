import { calendarOf } from '../../../domain/schedule/calendar'
import { publicHolidays } from '../../../domain/schedule/publicHolidays'

const weekdays = { businessDays: [1, 2, 3, 4, 5], holidays: [], holidayCalendar: null }
const unitedStates = calendarOf({ ...weekdays, holidayCalendar: { country: 'US' } })
const texas = calendarOf({ ...weekdays, holidayCalendar: { country: 'US', state: 'TX' } })

describe('a calendar of business days and own holidays', () => {
  const calendar = calendarOf({ ...weekdays, holidays: ['2026-02-06', '2026-02-09'] })

  test('is open on business days that are no holiday', () => {
    const week = ['2026-02-05', '2026-02-06', '2026-02-07', '2026-02-08', '2026-02-09', '2026-02-10']
    expect(week.filter(calendar.isOpenDay)).toEqual(['2026-02-05', '2026-02-10'])
  })

  test('the next open day is strictly after, an open day or not', () => {
    expect(calendar.nextOpenDay('2026-02-04')).toBe('2026-02-05')
    expect(calendar.nextOpenDay('2026-02-05')).toBe('2026-02-10')
    expect(calendar.nextOpenDay('2026-02-07')).toBe('2026-02-10')
  })

  test('open days are counted backwards, the day itself left out', () => {
    expect([1, 2, 3].map((n) => calendar.nthOpenDayBefore('2026-02-11', n))).toEqual([
      '2026-02-10',
      '2026-02-05',
      '2026-02-04',
    ])
  })

  test('may be open on weekends only', () => {
    const weekends = calendarOf({ ...weekdays, businessDays: [6, 7] })
    expect(weekends.nextOpenDay('2026-02-02')).toBe('2026-02-07')
    expect(weekends.nthOpenDayBefore('2026-02-02', 3)).toBe('2026-01-25')
  })

  test('reaches far enough for 60 open days of a company that opens once a week', () => {
    expect(calendarOf({ ...weekdays, businessDays: [3] }).nthOpenDayBefore('2026-02-02', 60)).toBe('2024-12-11')
  })

  test('with everything closed has no open day, and says so', () => {
    const closed = calendarOf({ ...weekdays, businessDays: [] })
    expect(closed.nextOpenDay('2026-02-02')).toBeNull()
    expect(closed.nthOpenDayBefore('2026-02-02', 1)).toBeNull()
    expect(calendarOf(weekdays).nthOpenDayBefore('2026-02-02', 800)).toBeNull()
  })
})

describe('public holidays', () => {
  test('of the United States close the day: Thanksgiving, but not the day after', () => {
    expect(unitedStates.isOpenDay('2026-11-26')).toBe(false)
    expect(unitedStates.isOpenDay('2026-11-27')).toBe(true)
    expect(unitedStates.nextOpenDay('2026-11-25')).toBe('2026-11-27')
  })

  test('of a state are added: in Texas the day after Thanksgiving too', () => {
    expect(texas.nextOpenDay('2026-11-25')).toBe('2026-11-30')
    expect(texas.nthOpenDayBefore('2026-11-30', 1)).toBe('2026-11-25')
  })

  test('include substitute days, also in the year before', () => {
    expect(unitedStates.isOpenDay('2026-07-03')).toBe(false)
    expect(unitedStates.isOpenDay('2027-12-31')).toBe(false)
    expect(calendarOf({ ...weekdays, holidayCalendar: { country: 'GB', state: 'ENG' } }).isOpenDay('2026-12-28')).toBe(
      false,
    )
  })

  test('last as many days as they last, across New Year too', () => {
    const eid = publicHolidays({ country: 'SA' }, 2026)
    expect(['2026-03-18', '2026-03-19', '2026-03-22', '2026-03-23'].map((day) => eid.has(day))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(publicHolidays({ country: 'SZ' }, 2027).has('2027-01-02')).toBe(true)
  })

  test('are only the public ones: no observances, no afternoons', () => {
    expect(unitedStates.isOpenDay('2028-02-14')).toBe(true)
    expect(calendarOf({ ...weekdays, holidayCalendar: { country: 'IS' } }).isOpenDay('2026-12-24')).toBe(true)
  })

  test('of an unknown country are none', () => {
    expect(publicHolidays({ country: 'XX' }, 2026).size).toBe(0)
  })

  test('are worked out once for each country, state and year', () => {
    expect(publicHolidays({ country: 'US' }, 2026)).toBe(publicHolidays({ country: 'US' }, 2026))
    expect(publicHolidays({ country: 'US' }, 2026)).not.toBe(publicHolidays({ country: 'US', state: 'TX' }, 2026))
  })
})
