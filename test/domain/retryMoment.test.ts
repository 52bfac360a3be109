import { retryMoment } from '../../domain/retryMoment'

test.each([
  [1, 5_000],
  [2, 30_000],
  [3, 120_000],
  [4, 600_000],
  [25, 600_000],
])('attempt %i that is to be tried later is tried again after %i ms', (attempt, delay) => {
  expect(retryMoment(attempt, 1_000, null)).toBe(1_000 + delay)
})

test.each([0, 42_000, 3_600_000])("the provider's own Retry-After of %i ms wins", (retryAfterMs) => {
  expect(retryMoment(3, 1_000, retryAfterMs)).toBe(1_000 + retryAfterMs)
})
