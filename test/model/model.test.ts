import { difference, linesOf } from './history'
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

function compare(seed: number, size: Size): string[] {
  const scenario = anyScenario(seed, starts[seed % starts.length] ?? '2026-02-03', size)
  const found = difference(linesOf(new Model(scenario).predict()), linesOf(new PureEngine(scenario).live()))
  return found.length > 0 ? [`seed ${seed}, ${JSON.stringify(size)}`, ...found] : []
}

const small: Size = { stops: 3, contracts: 6, deeds: 24, groups: 8 }
const runs = Number(process.env.MODEL_RUNS ?? 20)

test.each([
  ['small', small, runs * 10],
  ['full size', fullSize, runs],
])(
  '%s routes tell exactly what the model predicts',
  (_, size, count) => {
    for (let seed = 1; seed <= count; seed++) expect(compare(seed, size)).toEqual([])
  },
  600_000,
)
