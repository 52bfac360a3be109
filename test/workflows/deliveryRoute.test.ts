import { wallTimeOf } from '../../domain/schedule/zonedTime'
import { next, setScene, zone } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clear())

const texts = () => world.twilio.received.map(({ to, body }) => `${to}: ${body}`)
const hours = 3_600_000

test('a confirmed route sleeps until the cutoff, tells its customers, follows the truck and ends', async () => {
  const scene = await setScene(world)
  const tuesday = next(world.now(), 2, '10:00')
  await world.passTo(tuesday)
  await scene.plan([{ stopId: 's1', at: tuesday + 27 * hours }])
  await scene.confirm()
  await scene.until((found) => found.length === 2)
  expect(texts()).toEqual([])

  await world.passTo(tuesday + 6 * hours - 60_000)
  expect(texts()).toEqual([])
  await world.passTo(tuesday + 6 * hours + 60_000)
  expect(texts()).toEqual([expect.stringMatching(/^\+15125550101: Acme: .*12:30 PM - 1:30 PM/)])
  expect(world.smtp.mails).toHaveLength(1)
  const [confirmed] = await scene.notifications()
  expect(wallTimeOf(confirmed?.plannedAt ?? 0, zone)).toBe('16:00')

  await world.passTo(tuesday + 27 * hours)
  await scene.report('arrived', 's1')
  await scene.until((found) => found.filter(({ event, sentAt }) => event === 'arrived' && sentAt !== null).length === 2)
  await scene.report('departed', 's1')
  expect(await world.result(scene.ref)).toBe('completed')
  expect(world.twilio.requests).toHaveLength(3)
  expect(world.smtp.requests).toHaveLength(3)
})

test('un-confirming within the delay tells nobody', async () => {
  const scene = await setScene(world)
  const wednesday = next(world.now(), 3, '09:00')
  await world.passTo(wednesday)
  await scene.plan([{ stopId: 's1', at: wednesday + 4 * hours }])
  await scene.confirm()
  await world.passTo(wednesday + 3 * 60_000)
  await scene.unconfirm()
  expect(await world.result(scene.ref)).toBe('planned')
  expect(world.twilio.requests).toEqual([])
  expect((await scene.notifications()).map(({ status, reason }) => [status, reason])).toEqual([
    ['suppressed', 'not_confirmed'],
    ['suppressed', 'not_confirmed'],
  ])
})
