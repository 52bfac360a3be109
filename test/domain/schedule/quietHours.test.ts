import { permitted, quietSpan, touches } from '../../../domain/schedule/quietHours'
import { chicago, moment, spoken } from './week'

const night = { from: '21:00', to: '08:00' }
const lunch = { from: '12:00', to: '13:30' }
const span = (text: string, quietHours = night) => {
  const found = quietSpan(moment(text), quietHours, chicago)
  return found && `${spoken(found.start)} to ${spoken(found.end)}`
}

describe('the quiet hours that a moment falls in', () => {
  test.each([
    ['Tue 20:59:59', null],
    ['Tue 21:00', 'Tue 21:00 to Wed 08:00'],
    ['Tue 23:59:59', 'Tue 21:00 to Wed 08:00'],
    ['Wed 00:00', 'Tue 21:00 to Wed 08:00'],
    ['Wed 07:59:59', 'Tue 21:00 to Wed 08:00'],
    ['Wed 08:00', null],
  ])('that wrap midnight, at %s: %s', (text, expected) => {
    expect(span(text)).toBe(expected)
  })

  test.each([
    ['Tue 11:59:59', null],
    ['Tue 12:00', 'Tue 12:00 to Tue 13:30'],
    ['Tue 13:29:59', 'Tue 12:00 to Tue 13:30'],
    ['Tue 13:30', null],
    ['Wed 00:00', null],
  ])('within a day, at %s: %s', (text, expected) => {
    expect(span(text, lunch)).toBe(expected)
  })

  test('from midnight or to midnight', () => {
    expect(span('Tue 00:00', { from: '00:00', to: '06:00' })).toBe('Tue 00:00 to Tue 06:00')
    expect(span('Tue 23:00', { from: '22:00', to: '00:00' })).toBe('Tue 22:00 to Wed 00:00')
    expect(span('Wed 00:00', { from: '22:00', to: '00:00' })).toBeNull()
  })

  test('are none without quiet hours, and none where they end as they begin', () => {
    expect(quietSpan(moment('Tue 23:00'), null, chicago)).toBeNull()
    expect(span('Tue 21:00', { from: '21:00', to: '21:00' })).toBeNull()
  })

  test.each([
    ['spring', '2026-03-07 21:00', '2026-03-08 08:00', 10],
    ['autumn', '2026-10-31 21:00', '2026-11-01 08:00', 12],
    ['winter', 'Tue 21:00', 'Wed 08:00', 11],
  ])('last by the wall clock: a night in %s from %s to %s has %i hours', (_, start, end, hours) => {
    const found = quietSpan(moment(end) - 1, night, chicago)
    expect(found).toEqual({ start: moment(start), end: moment(end) })
    expect((moment(end) - moment(start)) / 3_600_000).toBe(hours)
  })

  test('that begin or end in a skipped hour do so as much later', () => {
    const end = Date.parse('2026-03-08T03:30:00-05:00')
    expect(quietSpan(end - 1, { from: '21:00', to: '02:30' }, chicago)?.end).toBe(end)
    expect(quietSpan(end, { from: '21:00', to: '02:30' }, chicago)).toBeNull()
    expect(quietSpan(end, { from: '02:30', to: '08:00' }, chicago)?.start).toBe(end)
    expect(quietSpan(end - 1, { from: '02:30', to: '08:00' }, chicago)).toBeNull()
  })

  test('that begin or end in a doubled hour do so the first time', () => {
    const first = Date.parse('2026-11-01T01:30:00-05:00')
    const second = Date.parse('2026-11-01T01:30:00-06:00')
    expect(quietSpan(first - 1, { from: '21:00', to: '01:30' }, chicago)?.end).toBe(first)
    expect(quietSpan(second - 1, { from: '21:00', to: '01:30' }, chicago)).toBeNull()
    expect(quietSpan(second - 1, { from: '01:30', to: '08:00' }, chicago)?.start).toBe(first)
  })
})

describe('the first permitted moment', () => {
  const text = (at: string, quietHours = night) => spoken(permitted(moment(at), 'sms', quietHours, chicago))

  test('of a text in quiet hours is their end, of any other the moment itself', () => {
    expect(text('Tue 20:59:59')).toBe('Tue 20:59:59')
    expect(text('Tue 21:00')).toBe('Wed 08:00')
    expect(text('Wed 08:00')).toBe('Wed 08:00')
  })

  test('of an email is the moment itself', () => {
    expect(permitted(moment('Tue 23:00'), 'email', night, chicago)).toBe(moment('Tue 23:00'))
  })

  test('lies after both nights where a skipped hour makes them overlap', () => {
    const quietHours = { from: '03:10', to: '02:50' }
    expect(text('2026-03-08 03:05', quietHours)).toBe('2026-03-09 02:50')
  })
})

describe('a window touches a night', () => {
  const quiet = { start: moment('Tue 21:00'), end: moment('Wed 08:00') }

  test.each([
    ['Tue 19:00', 'Tue 20:59:59', false],
    ['Tue 20:00', 'Tue 21:00', true],
    ['Tue 20:00', 'Wed 09:00', true],
    ['Wed 01:00', 'Wed 02:00', true],
    ['Wed 07:59:59', 'Wed 09:00', true],
    ['Wed 08:00', 'Wed 09:00', false],
    ['Wed 07:59:59', 'Wed 07:59:59', true],
  ])('%s to %s: %s', (start, end, expected) => {
    expect(touches({ start: moment(start), end: moment(end) }, quiet)).toBe(expected)
  })
})
