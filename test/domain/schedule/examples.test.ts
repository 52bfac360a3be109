import { outcome } from './week'

/** Every row of the examples in docs/rules.md, "When a confirmation is sent". */
describe('the examples of the rules', () => {
  test.each([
    ['Tue 10:00', 'Wed 13:00', 'at_cutoff', 'at_cutoff: send Tue 16:00'],
    ['Tue 10:00', 'Wed 13:00', 'until_cutoff', 'until_cutoff: send Tue 10:00'],
    ['Tue 16:00:00', 'Wed 13:00', 'at_cutoff', 'at_cutoff: send Tue 16:00'],
    ['Tue 16:01', 'Wed 13:00', 'at_cutoff', 'next_open_day: send Wed 08:00'],
    ['Tue 16:01', 'Wed 13:00', 'from_cutoff', 'from_cutoff: send Tue 16:01'],
    ['Tue 18:00', 'Wed 06:30', 'at_cutoff', 'never_too_late: send Tue 18:00'],
    ['Fri 17:00', '+Mon 10:00', 'at_cutoff', 'next_open_day: send +Mon 08:00'],
    ['Fri 17:00', 'Sat 10:00', 'at_cutoff', 'never_too_late: send Fri 17:00'],
    ['Mon 10:00', 'Fri 13:00', 'at_cutoff', 'at_cutoff: send Mon 16:00'],
    ['Wed 09:00', 'Wed 13:00', 'at_cutoff', 'same_day: send Wed 09:05'],
  ] as const)(
    'confirmed %s for a stop on %s with policy %s, email and text: %s',
    (confirmed, stop, policy, expected) => {
      const change = { confirmation: { policy } }
      expect(outcome({ confirmed, stop, change })).toBe(expected)
      expect(outcome({ confirmed, stop, change, channel: 'sms' })).toBe(expected)
    },
  )

  test('confirmed Tue 22:30 for a stop on Wed 06:30: the email goes at once', () => {
    expect(outcome({ confirmed: 'Tue 22:30', stop: 'Wed 06:30' })).toBe('never_too_late: send Tue 22:30')
  })

  test('confirmed Tue 22:30 for a stop on Wed 06:30: the text is stale, and would not be without quiet hours', () => {
    const row = { confirmed: 'Tue 22:30', stop: 'Wed 06:30', channel: 'sms' } as const
    expect(outcome(row)).toBe('never_too_late: stale by quiet hours')
    expect(outcome({ ...row, change: { quietHours: null } })).toBe('never_too_late: send Tue 22:30')
  })

  test('confirmed Mon 10:00 for a stop on Fri with leadBusinessDays 1: Thu 16:00', () => {
    const change = { confirmation: { leadBusinessDays: 1 } }
    expect(outcome({ confirmed: 'Mon 10:00', stop: 'Fri 13:00', change })).toBe('lead_days: send Thu 16:00')
  })
})
