import { insertResend } from '../../db/resend'
import { minutes, routeOfToday, type Scene, settingsWith, textOnly } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clear())

/** What the API does when a person asks for it. */
async function resend(scene: Scene, event: string): Promise<void> {
  const found = (await scene.notifications()).find((each) => each.event === event)
  const asked = { at: world.now(), by: 'Office', reason: 'Not received' }
  await world.db.transaction((trx) => insertResend(trx, found?.id ?? '', asked))
  await world.tell(scene.ref, 'resendAsked')
}

const textsTo = (to: string) => world.twilio.received.filter((text) => text.to === to).map(({ body }) => body)

test('a text that failed is sent again at once when a person asks for it', async () => {
  world.twilio.fault({ kind: 'refuse', code: 21614, times: 1 })
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  expect((await scene.notifications())[0]?.status).toBe('failed')
  await world.passTo(world.now() + 10 * minutes)
  expect(textsTo(ann)).toEqual([])

  await resend(scene, 'confirmed')
  await scene.until((all) => all.some(({ status }) => status === 'accepted'))
  expect(textsTo(ann)).toHaveLength(1)
  expect((await scene.notifications()).map(({ revision, status }) => [revision, status])).toEqual([
    [1, 'failed'],
    [2, 'accepted'],
  ])
})

test('so is the last news of a route that is over: it gets a workflow for that, which ends again', async () => {
  // A new workflow begins on the wall clock, which may be at night.
  const settings = settingsWith({ quietHours: null })
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) }, settings })
  world.twilio.fault({ kind: 'refuse', code: 21614, times: 1 })
  await scene.report('departed', 's1')
  expect(await world.result(scene.ref)).toBe('completed')
  expect(textsTo(ann)).toHaveLength(1)

  await resend(scene, 'departed')
  expect(await world.result(scene.ref)).toBe('completed')
  expect(textsTo(ann)).toHaveLength(2)
})
