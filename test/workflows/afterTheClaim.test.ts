import { recordConsent } from '../../db/consents'
import { hours, minutes, routeOfToday, type Scene, settingsWith, textOnly } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clear())

/** The confirmation has been claimed; right before Twilio is called, `change` is made and committed. */
async function changedBeforeTheCall(change: (scene: Scene) => Promise<unknown>): Promise<Scene> {
  const send = world.sms.send
  let made = {} as Scene
  let changed: Promise<unknown> | null = null
  const sending = jest.spyOn(world.sms, 'send').mockImplementation(async (message) => {
    changed ??= change(made)
    await changed
    return send(message)
  })
  try {
    const recipients = { C1: textOnly(ann) }
    const onMade = (scene: Scene) => {
      made = scene
    }
    const scene = await routeOfToday(world, { recipients, onMade })
    await world.passTo(world.now() + 1 * minutes)
    return scene
  } finally {
    sending.mockRestore()
  }
}

/** Statements of this database alone that wait for a lock. */
const waitingForLock = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`

const said = async (scene: Scene) =>
  (await scene.notifications()).map(({ event, status, reason }) =>
    [event, status, reason].filter((word) => word).join(' '),
  )

test.each<[string, (scene: Scene) => Promise<unknown>, string[]]>([
  [
    'the recipient opts out',
    ({ companyId }) =>
      recordConsent(world.db, { companyId, channel: 'sms', address: ann, action: 'revoked', source: 'staff' }),
    ['confirmed accepted'],
  ],
  ['the route is cancelled', (scene) => scene.cancel(), ['confirmed accepted', 'cancelled accepted']],
  [
    'the stop is moved',
    (scene) => scene.change([{ stopId: 's1', at: world.now() + 8 * hours }]),
    ['confirmed accepted', 'updated accepted'],
  ],
  [
    'customer notifications are switched off',
    (scene) => scene.save(settingsWith({ customerNotifications: false })),
    ['confirmed accepted'],
  ],
  [
    'quiet hours begin',
    (scene) => scene.save(settingsWith({ quietHours: { from: '09:00', to: '09:30' } })),
    ['confirmed accepted'],
  ],
])('between claim and call %s: that message goes, once, and what follows is right', async (_, change, expected) => {
  const scene = await changedBeforeTheCall(change)
  expect(await said(scene)).toEqual(expected)
  expect(world.twilio.requests).toHaveLength(expected.length)
})

test('after an opt-out between claim and call the next message is suppressed', async () => {
  const scene = await changedBeforeTheCall(({ companyId }) =>
    recordConsent(world.db, { companyId, channel: 'sms', address: ann, action: 'revoked', source: 'staff' }),
  )
  await scene.report('arrived', 's1')
  await scene.until((all) => all.some(({ event, status }) => event === 'arrived' && status === 'suppressed'))
  expect(await said(scene)).toEqual(['confirmed accepted', 'arrived suppressed opted_out'])
})

test('a change that would land within the claim waits for it, and comes after', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  const holding = await world.db.transaction()
  await holding.raw('SELECT 1 FROM routes WHERE company_id = ? FOR NO KEY UPDATE', [scene.companyId])
  let cancelled = false
  const cancelling = scene.cancel().then(() => {
    cancelled = true
  })
  const waiting = async () => (await world.db.raw(waitingForLock)).rows.length > 0 || cancelled
  while (!(await waiting())) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(cancelled).toBe(false)
  await holding.commit()
  await cancelling
  expect(await world.result(scene.ref)).toBe('cancelled')
})
