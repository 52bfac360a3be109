import { type Case, decide, moment, outcome } from './week'

describe('rule 1, a route of today', () => {
  test('is told the delay after its confirmation, on a closed day and after the cutoff too', () => {
    expect(outcome({ confirmed: 'Sat 09:00:30', stop: 'Sat 13:00' })).toBe('same_day: send Sat 09:05:30')
    expect(outcome({ confirmed: 'Wed 17:00', stop: 'Wed 19:00' })).toBe('same_day: send Wed 17:05')
  })

  test('is told until the end of the told window, and not a second later', () => {
    expect(outcome({ confirmed: 'Wed 13:25', stop: 'Wed 13:00' })).toBe('same_day: send Wed 13:30')
    expect(outcome({ confirmed: 'Wed 13:25:01', stop: 'Wed 13:00' })).toBe('same_day: stale')
  })

  test('is held by quiet hours for a text, while that is not after the end of the window', () => {
    expect(outcome({ confirmed: 'Wed 05:00', stop: 'Wed 07:30', channel: 'sms' })).toBe('same_day: hold Wed 08:00')
    expect(outcome({ confirmed: 'Wed 05:00', stop: 'Wed 07:25', channel: 'sms' })).toBe(
      'same_day: stale by quiet hours',
    )
    expect(outcome({ confirmed: 'Wed 05:00', stop: 'Wed 07:25' })).toBe('same_day: send Wed 05:05')
  })

  test('knows no minimum notice: the delay is there to take the confirmation back', () => {
    const change = { confirmation: { minNoticeMinutes: 600 } }
    expect(outcome({ confirmed: 'Wed 09:00', stop: 'Wed 13:00', change })).toBe('same_day: send Wed 09:05')
  })

  test('"today" is the day in the company\'s zone, and a date that has passed is treated like it', () => {
    expect(outcome({ confirmed: 'Tue 23:59:59', stop: 'Wed 13:00' })).toBe('next_open_day: send Wed 08:00')
    expect(outcome({ confirmed: 'Wed 00:00', stop: 'Wed 13:00' })).toBe('same_day: send Wed 00:05')
    expect(outcome({ confirmed: 'Thu 00:00', stop: 'Wed 23:55' })).toBe('same_day: send Thu 00:05')
  })
})

describe('rule 3, "Never too late"', () => {
  test('a rule moment at the latest moment is in time; a second after it is not', () => {
    const notice = (minNoticeMinutes: number) => ({ confirmation: { minNoticeMinutes } })
    const of = { confirmed: 'Tue 10:00', stop: 'Wed 13:00' }
    expect(outcome({ ...of, change: notice(20.5 * 60) })).toBe('at_cutoff: send Tue 16:00')
    expect(outcome({ ...of, change: notice(20.5 * 60 + 1) })).toBe('never_too_late: send Tue 10:00')
    expect(outcome({ confirmed: 'Tue 18:00', stop: 'Wed 08:30' })).toBe('next_open_day: send Wed 08:00')
    expect(outcome({ confirmed: 'Tue 18:00', stop: 'Wed 08:29' })).toBe('never_too_late: send Tue 18:00')
  })

  test('too little notice is better than none: up to the start of the window it goes', () => {
    const change = { confirmation: { minNoticeMinutes: 48 * 60 }, quietHours: { from: '17:00', to: '09:00' } }
    expect(outcome({ confirmed: 'Tue 18:00', stop: 'Wed 09:30', channel: 'sms', change })).toBe(
      'never_too_late: hold Wed 09:00',
    )
    expect(outcome({ confirmed: 'Tue 18:00', stop: 'Wed 09:25', channel: 'sms', change })).toBe(
      'never_too_late: stale by quiet hours',
    )
  })

  test('a text that quiet hours would push past the latest moment goes earlier instead', () => {
    const change = { confirmation: { sendAfter: '21:30' } }
    const of = { confirmed: 'Tue 10:00', stop: 'Wed 08:00', change }
    expect(outcome(of)).toBe('at_cutoff: send Tue 21:30')
    expect(outcome({ ...of, channel: 'sms' })).toBe('never_too_late: send Tue 10:00')
  })

  test("quiet hours are those of the stop's zone", () => {
    const of: Case = { confirmed: 'Tue 06:30', stop: 'Thu 13:00', channel: 'sms' }
    const change = { confirmation: { policy: 'until_cutoff' } } as const
    expect(outcome({ ...of, change })).toBe('until_cutoff: hold Tue 08:00')
    expect(outcome({ ...of, change, quietZone: 'America/Los_Angeles' })).toBe('until_cutoff: hold Tue 10:00')
    expect(outcome({ ...of, change, quietZone: 'Europe/London' })).toBe('until_cutoff: send Tue 06:30')
  })
})

describe('a minimum moment (edits are collected for 20 s)', () => {
  const change = { confirmation: { policy: 'until_cutoff' } } as const
  const minimumAt = moment('Tue 20:59:50') + 20_000

  test('delays what would go before it, into quiet hours and their end', () => {
    const of = { confirmed: 'Tue 15:00', stop: 'Thu 13:00', change, minimumAt }
    expect(outcome(of)).toBe('until_cutoff: send Tue 21:00:10')
    expect(outcome({ ...of, channel: 'sms' })).toBe('until_cutoff: hold Wed 08:00')
  })

  test('does not delay what goes later anyway', () => {
    expect(outcome({ confirmed: 'Wed 10:00', stop: 'Fri 13:00', minimumAt })).toBe('at_cutoff: send Wed 16:00')
  })

  test('can make it stale, and that is not by quiet hours', () => {
    expect(outcome({ confirmed: 'Tue 10:00', stop: 'Wed 13:00', minimumAt: moment('Wed 12:30') })).toBe(
      'at_cutoff: send Wed 12:30',
    )
    expect(outcome({ confirmed: 'Tue 10:00', stop: 'Wed 13:00', minimumAt: moment('Wed 12:30:01') })).toBe(
      'never_too_late: stale',
    )
  })
})

test("a decision records the numbers it used, with the company's offset", () => {
  const { numbers } = decide({ confirmed: 'Tue 18:00', stop: 'Wed 06:30', channel: 'sms' })
  expect(numbers).toEqual({
    confirmedAt: '2026-02-03T18:00:00-06:00',
    effectiveConfirmedAt: '2026-02-03T18:00:00-06:00',
    cutoff: '2026-02-03T16:00:00-06:00',
    ruleMoment: '2026-02-04T08:00:00-06:00',
    permitted: '2026-02-04T08:00:00-06:00',
    earliestPermitted: '2026-02-03T18:00:00-06:00',
    latest: '2026-02-04T06:00:00-06:00',
    windowStart: '2026-02-04T06:00:00-06:00',
    windowEnd: '2026-02-04T07:00:00-06:00',
    staleAfter: '2026-02-04T06:00:00-06:00',
    minimumAt: null,
    now: null,
    sameDayDelayMinutes: 5,
    minNoticeMinutes: 0,
    leadBusinessDays: null,
  })
})
