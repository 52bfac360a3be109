import { startWorld, type World } from '../setup/startWorld'
import { type Deed, difference, type Group, linesOf, type Outcome, type Scenario } from './history'
import { Model } from './model'
import { RealEngine } from './realEngine'
import { anyScenario, fullSize } from './scenario'

/** Ahead of the clock of whoever runs this, so that the routes' time can be skipped to them. */
const starts = [
  '2031-02-04',
  '2031-06-12',
  '2031-03-07',
  '2031-03-29',
  '2031-11-01',
  '2031-10-25',
  '2031-04-05',
  '2031-10-04',
]
const runs = Number(process.env.MODEL_REAL_RUNS ?? 5)
/** How many routes live at a time. */
const abreast = 4
/** What the engine's own work may take of its clock. */
const allowedMs = 90_000

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/**
 * A workflow begins on the wall clock and is then taken to its time, so the engine looks once right after the first
 * confirmation; and a route that is un-confirmed is confirmed again before its workflow hears of it, or it would end, and
 * the next one begin on the wall clock.
 */
function forRealEngine(scenario: Scenario): Scenario {
  const again: Deed[] = [{ do: 'unconfirm' }, { do: 'confirm' }]
  let begun = false
  const groups = scenario.groups.flatMap(({ at, deeds }): Group[] => {
    const first = begun ? -1 : deeds.findIndex((deed) => deed.do === 'confirm')
    const kept = deeds.flatMap((deed, index) =>
      deed.do === 'unconfirm' ? (begun || index > first ? again : []) : [deed],
    )
    if (begun || first < 0) return [{ at, deeds: kept }]
    begun = true
    const until = kept.findIndex((deed) => deed.do === 'confirm') + 1
    return [
      { at, deeds: kept.slice(0, until) },
      { at, deeds: kept.slice(until) },
    ]
  })
  return { ...scenario, groups }
}

/**
 * Reads the engine's outcomes with its own work in mind. It works in real time while its clock runs: what it sends a little
 * later than predicted is on time. Of several texts to a number whose owner has said STOP, that are due at one moment,
 * those after the first are refused by the provider or not sent any more, depending on what is under way at once.
 */
function allowingForWork(actual: Outcome[], predicted: Outcome[]): Outcome[] {
  const nameOf = ({ stopId, event, channel, address, revision }: Outcome) =>
    [stopId, event, channel, address, revision].join()
  const known = new Map(predicted.map((outcome) => [nameOf(outcome), outcome]))
  return actual.map((outcome) => {
    const model = known.get(nameOf(outcome))
    if (model?.result === 'failed opted_out' && outcome.result === 'opted_out') return model
    const late = outcome.at === null ? -1 : outcome.at - (model?.at ?? 0)
    return late >= 0 && late <= allowedMs && model ? { ...outcome, at: model.at } : outcome
  })
}

async function compare(seed: number): Promise<string[]> {
  const scenario = forRealEngine(anyScenario(seed, starts[seed % starts.length] ?? '2031-02-04', fullSize))
  const predicted = new Model(scenario).predict()
  const actual = await new RealEngine(world, scenario).live()
  const found = difference(linesOf(predicted), linesOf(allowingForWork(actual, predicted)))
  return found.length > 0 ? [`seed ${seed}`, ...found] : []
}

test('full-size routes on Temporal and PostgreSQL tell exactly what the model predicts', async () => {
  const seeds = Array.from({ length: runs }, (_, index) => index + 1)
  const differences: string[][] = []
  const lane = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) differences.push(await compare(seed))
  }
  await Promise.all(Array.from({ length: abreast }, lane))
  expect(differences.flat()).toEqual([])
}, 900_000)
