import type { ConfirmationPolicy } from '../../../domain/settings'
import { decide, moment, outcome } from './week'

const withPolicy = (policy: ConfirmationPolicy, confirmed: string, stop = '+Wed 13:00') =>
  outcome({ confirmed, stop, change: { confirmation: { policy } } })

describe('rule 2, a route of a later day', () => {
  test.each([
    ['Tue 00:00', 'at_cutoff: send Tue 16:00', 'until_cutoff: send Tue 00:00', 'from_cutoff: send Tue 16:00'],
    ['Tue 15:59:59', 'at_cutoff: send Tue 16:00', 'until_cutoff: send Tue 15:59:59', 'from_cutoff: send Tue 16:00'],
    ['Tue 16:00:00', 'at_cutoff: send Tue 16:00', 'until_cutoff: send Tue 16:00', 'from_cutoff: send Tue 16:00'],
    [
      'Tue 16:00:01',
      'next_open_day: send Wed 08:00',
      'next_open_day: send Wed 08:00',
      'from_cutoff: send Tue 16:00:01',
    ],
    [
      'Tue 23:59:59',
      'next_open_day: send Wed 08:00',
      'next_open_day: send Wed 08:00',
      'from_cutoff: send Tue 23:59:59',
    ],
    ['Fri 16:30', 'next_open_day: send +Mon 08:00', 'next_open_day: send +Mon 08:00', 'from_cutoff: send Fri 16:30'],
  ])('confirmed %s: %s | %s | %s', (confirmed, atCutoff, untilCutoff, fromCutoff) => {
    expect(withPolicy('at_cutoff', confirmed)).toBe(atCutoff)
    expect(withPolicy('until_cutoff', confirmed)).toBe(untilCutoff)
    expect(withPolicy('from_cutoff', confirmed)).toBe(fromCutoff)
  })

  test.each(['at_cutoff', 'until_cutoff', 'from_cutoff'] as const)(
    'confirmed on a closed day waits for the next opening under %s, whatever the hour',
    (policy) => {
      expect(withPolicy(policy, 'Sat 10:00')).toBe('next_open_day: send +Mon 08:00')
      expect(withPolicy(policy, 'Sun 20:00')).toBe('next_open_day: send +Mon 08:00')
    },
  )

  test('a holiday is a closed day', () => {
    const change = { holidays: ['2026-02-04', '2026-02-05'] }
    expect(outcome({ confirmed: 'Wed 10:00', stop: '+Wed 13:00', change })).toBe('next_open_day: send Fri 08:00')
    expect(outcome({ confirmed: 'Tue 17:00', stop: '+Wed 13:00', change })).toBe('next_open_day: send Fri 08:00')
  })

  test('where no day is ever open, nobody is left untold: it goes at once', () => {
    expect(outcome({ confirmed: 'Tue 10:00', stop: '+Wed 13:00', change: { businessDays: [] } })).toBe(
      'never_too_late: send Tue 10:00',
    )
  })
})

describe('leadBusinessDays', () => {
  const lead = (n: number, confirmed: string, stop: string, holidays: string[] = [], policy?: ConfirmationPolicy) =>
    outcome({ confirmed, stop, change: { holidays, confirmation: { leadBusinessDays: n, ...(policy && { policy }) } } })

  test.each([
    [1, 'Mon 10:00', '+Mon 13:00', 'lead_days: send Fri 16:00'],
    [2, 'Mon 10:00', '+Mon 13:00', 'lead_days: send Thu 16:00'],
    [1, 'Mon 17:00', 'Fri 13:00', 'lead_days: send Thu 16:00'],
    [1, 'Sat 10:00', '+Wed 13:00', 'lead_days: send +Tue 16:00'],
    [1, 'Thu 00:00', 'Fri 13:00', 'at_cutoff: send Thu 16:00'],
    [1, 'Thu 17:00', 'Fri 13:00', 'next_open_day: send Fri 08:00'],
    [1, 'Sat 10:00', '+Mon 13:00', 'next_open_day: send +Mon 08:00'],
    [9, 'Tue 10:00', 'Fri 13:00', 'at_cutoff: send Tue 16:00'],
  ])('%i open days ahead, confirmed %s for %s: %s', (n, confirmed, stop, expected) => {
    expect(lead(n, confirmed, stop)).toBe(expected)
  })

  test('holidays are not counted', () => {
    expect(lead(1, 'Mon 10:00', 'Fri 13:00', ['2026-02-05'])).toBe('lead_days: send Wed 16:00')
    expect(lead(2, 'Mon 10:00', '+Mon 13:00', ['2026-02-05', '2026-02-06'])).toBe('lead_days: send Tue 16:00')
  })

  test('the policies start from opensAt of that day', () => {
    expect(lead(1, 'Mon 10:00', 'Fri 13:00', [], 'until_cutoff')).toBe('lead_days: send Thu 08:00')
    expect(lead(1, 'Mon 10:00', 'Fri 13:00', [], 'from_cutoff')).toBe('lead_days: send Thu 16:00')
  })

  test('"never too late" goes back to opensAt of that day, not to the true confirmation', () => {
    const change = { confirmation: { leadBusinessDays: 1, minNoticeMinutes: 24 * 60 } }
    expect(outcome({ confirmed: 'Mon 10:00', stop: 'Fri 13:00', change })).toBe('never_too_late: send Thu 08:00')
  })

  test('the true confirmation is still what the numbers call confirmedAt', () => {
    const change = { confirmation: { leadBusinessDays: 1 } }
    expect(decide({ confirmed: 'Mon 10:00', stop: 'Fri 13:00', change }).numbers).toMatchObject({
      confirmedAt: '2026-02-02T10:00:00-06:00',
      effectiveConfirmedAt: '2026-02-05T08:00:00-06:00',
      cutoff: '2026-02-05T16:00:00-06:00',
      ruleMoment: '2026-02-05T16:00:00-06:00',
      leadBusinessDays: 1,
    })
    expect(moment('Thu 08:00')).toBe(Date.parse('2026-02-05T08:00:00-06:00'))
  })
})
