import { createClock } from '../../console/driver/clock'
import { emptyStorage } from './keyValues'

const answer = (date: string) => ({ headers: new Headers({ Date: date }) })
const at = Date.parse('2026-12-02T19:00:00Z')

test('a phone whose clock is wrong goes by the API’s, also after a reload without a connection', () => {
  const kept = emptyStorage()
  const wrong = () => at - 40 * 60_000
  const clock = createClock(kept, wrong)
  expect(clock.now()).toBe(at - 40 * 60_000)
  clock.note(answer('Wed, 02 Dec 2026 19:00:00 GMT'))
  expect(clock.now()).toBe(at)
  expect(createClock(kept, wrong).now()).toBe(at)
})

test('a phone whose clock is right goes by its own, to the millisecond, and so does one that was put right', () => {
  const kept = emptyStorage()
  const right = () => at + 1_234
  createClock(kept, () => at - 3_600_000).note(answer('Wed, 02 Dec 2026 19:00:00 GMT'))
  const clock = createClock(kept, right)
  clock.note(answer('Wed, 02 Dec 2026 19:00:00 GMT'))
  expect(clock.now()).toBe(at + 1_234)
  clock.note({ headers: new Headers() })
  expect(clock.now()).toBe(at + 1_234)
})
