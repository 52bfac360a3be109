import { type ChangeInput, changeDecision, type NewsInput, newsDecision } from '../../../domain/schedule/eventTiming'
import { chicago, moment, spoken } from './week'

const quiet = { quietHours: { from: '21:00', to: '08:00' }, zone: chicago }
const spell = (decision: ReturnType<typeof newsDecision> | ReturnType<typeof changeDecision>) =>
  `${decision.rule}: ${decision.action === 'suppress' ? decision.reason : `${decision.action} ${spoken(decision.at)}`}`

describe('news of an arrival or departure', () => {
  const news = (occurred: string, now: string, window: [string, string], channel: NewsInput['channel'] = 'sms') =>
    newsDecision({
      ...quiet,
      channel,
      occurredAt: moment(occurred),
      now: moment(now),
      maxEventAgeMinutes: 30,
      window: { start: moment(window[0]), end: moment(window[1]) },
    })
  const noon: [string, string] = ['Tue 12:30', 'Tue 13:30']

  test('goes at once by day', () => {
    expect(spell(news('Tue 13:00', 'Tue 13:01', noon))).toBe('at_once: send Tue 13:01')
  })

  test('is stale when the event is older than the limit, to the second', () => {
    expect(spell(news('Tue 13:00', 'Tue 13:30', noon))).toBe('at_once: send Tue 13:30')
    expect(spell(news('Tue 13:00', 'Tue 13:30:01', noon))).toBe('event_age: stale')
    expect(spell(news('Tue 23:00', 'Tue 23:31', noon, 'email'))).toBe('event_age: stale')
  })

  test('by text in quiet hours goes only if the told window touches that night, and is never held', () => {
    expect(spell(news('Tue 21:30', 'Tue 21:30', ['Tue 20:00', 'Tue 21:00']))).toBe('quiet_hours: send Tue 21:30')
    expect(spell(news('Tue 21:30', 'Tue 21:30', ['Tue 19:00', 'Tue 20:59']))).toBe('quiet_hours: quiet_hours')
    expect(spell(news('Wed 07:30', 'Wed 07:30', ['Wed 07:45', 'Wed 08:45']))).toBe('quiet_hours: send Wed 07:30')
    expect(spell(news('Wed 07:30', 'Wed 07:30', ['Wed 08:00', 'Wed 09:00']))).toBe('quiet_hours: quiet_hours')
  })

  test('touching another night is not enough', () => {
    expect(spell(news('Wed 21:30', 'Wed 21:30', ['Tue 21:00', 'Tue 22:00']))).toBe('quiet_hours: quiet_hours')
  })

  test('by email goes in quiet hours too', () => {
    expect(spell(news('Wed 05:00', 'Wed 05:00', noon, 'email'))).toBe('at_once: send Wed 05:00')
  })

  test('to a customer who was told no window is judged by the scheduled time', () => {
    const untold = (scheduled: string) =>
      spell(
        newsDecision({
          ...quiet,
          channel: 'sms',
          occurredAt: moment('Wed 07:30'),
          now: moment('Wed 07:30'),
          maxEventAgeMinutes: 30,
          scheduledAt: moment(scheduled),
        }),
      )
    expect(untold('Wed 07:59')).toBe('quiet_hours: send Wed 07:30')
    expect(untold('Wed 08:00')).toBe('quiet_hours: quiet_hours')
    expect(untold('Tue 21:00')).toBe('quiet_hours: send Wed 07:30')
    expect(untold('Tue 20:59')).toBe('quiet_hours: quiet_hours')
  })

  test('that is both stale and in quiet hours is suppressed for the first in the list of reasons', () => {
    const decision = news('Wed 05:00', 'Wed 06:00', noon)
    expect(decision).toMatchObject({ reason: 'quiet_hours', byQuietHours: true })
  })

  test('records the numbers it used', () => {
    expect(news('Wed 07:30', 'Wed 07:31', noon).numbers).toEqual({
      occurredAt: '2026-02-04T07:30:00-06:00',
      now: '2026-02-04T07:31:00-06:00',
      windowStart: '2026-02-03T12:30:00-06:00',
      windowEnd: '2026-02-03T13:30:00-06:00',
      quietFrom: '2026-02-03T21:00:00-06:00',
      quietTo: '2026-02-04T08:00:00-06:00',
      maxEventAgeMinutes: 30,
    })
  })
})

describe('news of a change', () => {
  const change = (at: string, start: string, of: { now?: string; channel?: ChangeInput['channel'] } = {}) =>
    changeDecision({
      ...quiet,
      channel: of.channel ?? 'sms',
      at: moment(at),
      now: moment(of.now ?? at),
      speaksOfStart: moment(start),
    })

  test('goes when it is due by day', () => {
    expect(spell(change('Tue 13:00:20', 'Wed 12:30'))).toBe('at_once: send Tue 13:00:20')
    expect(spell(change('Tue 13:00:20', 'Wed 12:30', { now: 'Tue 13:00' }))).toBe('at_once: send Tue 13:00:20')
  })

  test('by text in quiet hours is held till their end, up to the start of the window it speaks of', () => {
    expect(spell(change('Tue 22:00', 'Wed 12:30'))).toBe('quiet_hours: hold Wed 08:00')
    expect(spell(change('Tue 22:00', 'Wed 08:00'))).toBe('quiet_hours: hold Wed 08:00')
    expect(spell(change('Tue 22:00', 'Wed 07:59:59'))).toBe('before_the_window: send Tue 22:00')
    expect(spell(change('Tue 22:00', 'Tue 12:30'))).toBe('before_the_window: send Tue 22:00')
  })

  test('by text that is late into quiet hours is held as well, and goes after them', () => {
    expect(spell(change('Tue 20:59', 'Wed 12:30', { now: 'Tue 21:00' }))).toBe('quiet_hours: hold Wed 08:00')
    expect(spell(change('Tue 22:00', 'Wed 12:30', { now: 'Wed 08:00' }))).toBe('at_once: send Tue 22:00')
  })

  test('by email is never held', () => {
    expect(spell(change('Tue 22:00', 'Wed 12:30', { channel: 'email' }))).toBe('at_once: send Tue 22:00')
  })

  test('records the numbers it used', () => {
    expect(change('Tue 22:00', 'Wed 12:30').numbers).toEqual({
      at: '2026-02-03T22:00:00-06:00',
      now: '2026-02-03T22:00:00-06:00',
      permitted: '2026-02-04T08:00:00-06:00',
      speaksOfStart: '2026-02-04T12:30:00-06:00',
    })
  })
})
