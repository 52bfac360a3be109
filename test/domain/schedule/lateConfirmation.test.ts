import { staleAfter } from '../../../domain/schedule/confirmationSchedule'
import { type Case, chicago, moment, outcome } from './week'

describe('judged at a later moment', () => {
  const late = (now: string, of: Partial<Case> = {}) =>
    outcome({ confirmed: 'Tue 10:00', stop: 'Wed 13:00', channel: 'sms', ...of, now: moment(now) })

  test('a moment that is still ahead stands', () => {
    expect(late('Tue 15:59:59')).toBe('at_cutoff: send Tue 16:00')
    expect(late('Tue 23:00', { confirmed: 'Tue 18:00' })).toBe('next_open_day: send Wed 08:00')
  })

  test('a moment that has passed goes now and keeps the moment that was planned', () => {
    expect(late('Tue 16:00')).toBe('at_cutoff: send Tue 16:00')
    expect(late('Tue 20:59:59')).toBe('at_cutoff: send Tue 16:00')
  })

  test('a text that is late into quiet hours is held, an email is not', () => {
    expect(late('Tue 21:00')).toBe('at_cutoff: hold Wed 08:00')
    expect(late('Tue 21:00', { channel: 'email' })).toBe('at_cutoff: send Tue 16:00')
  })

  test('after the hold it goes', () => {
    expect(late('Wed 08:00', { confirmed: 'Wed 05:00' })).toBe('same_day: send Wed 08:00')
  })

  test('too late is stale, by quiet hours only if they are the cause', () => {
    expect(late('Wed 12:30')).toBe('at_cutoff: send Tue 16:00')
    // The last moment is a minute: what is due in it goes, though the engine be a moment late.
    expect(late('Wed 12:30:59')).toBe('at_cutoff: send Tue 16:00')
    expect(late('Wed 12:31')).toBe('at_cutoff: stale')
    expect(late('Tue 21:00', { stop: 'Wed 08:00' })).toBe('at_cutoff: stale by quiet hours')
  })

  test('what was too late when it was confirmed stays so', () => {
    expect(late('Tue 22:31', { confirmed: 'Tue 22:30', stop: 'Wed 06:30' })).toBe(
      'never_too_late: stale by quiet hours',
    )
  })
})

describe('staleAfter', () => {
  const window = { start: moment('Wed 12:30'), end: moment('Wed 13:30') }
  const limit = (confirmed: string) =>
    staleAfter({ serviceDate: '2026-02-04', confirmedAt: moment(confirmed), window, zone: chicago })

  test('is the start of the window for a later day and its end for a route of today', () => {
    expect(limit('Tue 23:59')).toBe(window.start)
    expect(limit('Wed 00:00')).toBe(window.end)
  })
})
