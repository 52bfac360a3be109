import { createTimes, distance } from '../../console/parts/times'

const chicago = createTimes('America/Chicago', '12h')
const at = '2026-12-02T22:05:09Z'

test('moments are told on the clocks of the company', () => {
  expect(chicago.clock(at)).toBe('4:05 PM')
  expect(createTimes('Asia/Kolkata', '24h').clock(at)).toBe('03:35')
  expect(chicago.full(at)).toBe('Wed, Dec 2, 4:05:09 PM CST (America/Chicago)')
})

test('midnight is 0 on a clock of 24 hours', () => {
  expect(createTimes('UTC', '24h').clock('2026-12-02T00:00:00Z')).toBe('00:00')
})

test('the day is that of the company, and is named unless it is the same', () => {
  expect(chicago.date('2026-12-03T05:00:00Z')).toBe('2026-12-02')
  expect(chicago.short(at, '2026-12-03T05:00:00Z')).toBe('4:05 PM')
  expect(chicago.short(at, '2026-12-03T07:00:00Z')).toBe('Wed, Dec 2, 4:05 PM')
  expect(chicago.dayOfDate('2026-12-02')).toBe('Wed, Dec 2')
})

test.each([
  [-3_000, 'just now'],
  [4_000, 'in a moment'],
  [-60_000, '60 s ago'],
  [-180_000, '3 min ago'],
  [7_200_000, 'in 2 h'],
  [-259_200_000, '3 days ago'],
])('%d ms from now is %s', (milliseconds, said) => {
  expect(distance(Date.parse(at) + milliseconds, at)).toBe(said)
})
