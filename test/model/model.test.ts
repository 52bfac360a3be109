import { difference, linesOf, type Outcome } from './history'
import { Model } from './model'
import { PureEngine } from './pureEngine'
import { anyScenario, fullSize, type Size } from './scenario'

/** Ordinary weeks, and those in which the clocks of America, Europe and Australia change. */
const starts = [
  '2026-02-03',
  '2026-06-11',
  '2026-03-06',
  '2026-03-28',
  '2026-10-30',
  '2026-10-24',
  '2026-04-03',
  '2026-10-02',
]

const small: Size = { stops: 3, contracts: 6, deeds: 24, groups: 8 }
const runs = Number(process.env.MODEL_RUNS ?? 200)

/** Plays one seed both ways; what differs is in the failure, with the seed to play it again. */
function play(seed: number, size: Size): Outcome[] {
  const scenario = anyScenario(seed, starts[seed % starts.length] ?? '2026-02-03', size)
  const predicted = new Model(scenario).predict()
  const found = difference(linesOf(predicted), linesOf(new PureEngine(scenario).live()))
  expect(found.length > 0 ? [`seed ${seed}, ${JSON.stringify(size)}`, ...found] : []).toEqual([])
  return predicted
}

test(`${runs} small routes tell exactly what the model predicts`, () => {
  for (let seed = 1; seed <= runs; seed++) play(seed, small)
}, 300_000)

test(`${runs} routes of 40 stops, 120 contracts and 300 things that happen tell exactly what the model predicts`, () => {
  const results = new Map<string, number>()
  for (let seed = 1; seed <= runs; seed++) {
    for (const { event, result } of play(seed, fullSize)) {
      for (const word of [result, `${event} ${result}`]) results.set(word, (results.get(word) ?? 0) + 1)
    }
  }
  // Every kind of message and every reason that can come of such scenarios does.
  const expected = ['confirmed', 'arrived', 'departed', 'updated', 'cancelled'].map((event) => `${event} sent`)
  const reasons = ['notifications_off', 'sms_off', 'event_off', 'opted_out', 'quiet_hours', 'stale', 'cancelled']
  const failures = ['failed invalid_address', 'failed opted_out']
  const seen = [...expected, ...reasons, 'not_confirmed', 'superseded', ...failures]
  expect(seen.filter((word) => !results.has(word))).toEqual([])
  expect(results.has('waits')).toBe(false)
}, 600_000)
