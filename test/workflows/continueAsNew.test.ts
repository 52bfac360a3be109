import type { WorkflowExecutionDescription } from '@temporalio/client'
import { hours, minutes, next, setScene, textOnly } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'
const bob = '+15125550102'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** What an operator finds the route by. */
function shown({ typedSearchAttributes }: WorkflowExecutionDescription): string {
  const attributes = typedSearchAttributes.getAll().map(({ key, value }) => `${key.name}=${value}`)
  return attributes.sort().join(' ')
}

test('a route whose history has grown long goes on in a new run, and keeps everything', async () => {
  const scene = await setScene(world, { recipients: { C1: textOnly(ann), C2: textOnly(bob) } })
  await world.passTo(next(world.now(), 2, '15:00'))
  const today = { stopId: 's1', at: world.now() + 22 * hours, contracts: ['C1'] }
  await scene.plan([today])
  await scene.confirm()
  await world.passTo(world.now() + 2 * hours)
  const firstRun = await world.handle(scene.ref).describe()

  // A stop is added, and told by one of many nudges: Temporal asks for a new run when they come to 4 MiB.
  await scene.plan([today, { ...today, stopId: 's2', contracts: ['C2'] }])
  for (let n = 0; n < 40 && (await world.handle(scene.ref).describe()).runId === firstRun.runId; n++) {
    const nudge = { eventId: `nudge-${n}`, kind: 'planChanged', source: 'x'.repeat(200_000) }
    await world.handle(scene.ref).signal('routeEvent', nudge)
    await world.untilAtRest(scene.ref)
  }
  const nextRun = await world.handle(scene.ref).describe()
  expect(nextRun.runId).not.toBe(firstRun.runId)
  expect(nextRun.historySize).toBeLessThan(1_000_000)
  expect(shown(nextRun)).toEqual(shown(firstRun))
  expect(shown(nextRun)).toContain('ServiceDate=')

  // The new stop is told, and the old one is not told again; the truck comes, and the route ends as any other.
  await world.passTo(world.now() + 16 * hours)
  await scene.until((all) => all.filter(({ sentAt }) => sentAt !== null).length === 2)
  await world.passTo(today.at)
  await scene.report('departed', 's1')
  await scene.report('departed', 's2')
  await world.passTo(world.now() + 1 * minutes)
  expect(await world.result(scene.ref)).toBe('completed')
  expect(world.twilio.requests.map(({ to }) => to).sort()).toEqual([ann, ann, bob, bob])
})
