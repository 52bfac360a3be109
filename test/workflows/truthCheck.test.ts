import { recordConsent } from '../../db/consents'
import { putContract } from '../../db/contracts'
import { hours, next, type Scene, setScene, settingsWith, textOnly } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

/** The last of eleven recipients: it is claimed when the calls to the ten before it have been answered. */
const last = '+15125550310'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clear())

/** Confirmations come due, all in one plan; while the first ten are being sent, `change` happens. */
async function sendWhile(change: (scene: Scene) => Promise<void>) {
  const numbers = Array.from({ length: 11 }, (_, n) => `+15125550${300 + n}`)
  const recipients = Object.fromEntries(numbers.map((number, n) => [`C${n}`, textOnly(number)]))
  const scene = await setScene(world, { recipients })
  await world.passTo(next(world.now(), 3, '09:00'))
  const at = world.now() + 4 * hours
  await scene.plan([
    { stopId: 's1', at, contracts: Object.keys(recipients).slice(0, 10) },
    { stopId: 's2', at: at + 1 * hours, contracts: ['C10'] },
  ])
  await scene.confirm()
  for (const to of numbers.slice(0, 10)) world.twilio.fault({ kind: 'slow', delayMs: 500, to })
  const passing = world.passTo(world.now() + 301_000)
  await world.twilio.waitForRequest(({ to }) => to === numbers[9])
  await change(scene)
  await passing
  const all = await scene.notifications()
  expect(all.filter(({ status }) => status === 'accepted').length).toBeGreaterThanOrEqual(10)
  return all.find(({ recipient }) => recipient === last)
}

test('without a change in between all eleven are told', async () => {
  expect(await sendWhile(async () => {})).toMatchObject({ status: 'accepted' })
})

test.each<[string, string, (scene: Scene) => Promise<unknown>]>([
  [
    'customer notifications are switched off',
    'notifications_off',
    (scene) => scene.save(settingsWith({ customerNotifications: false })),
  ],
  ['texts are switched off', 'sms_off', (scene) => scene.save(settingsWith({ smsEnabled: false }))],
  [
    'the recipient opts out',
    'opted_out',
    ({ companyId }) =>
      recordConsent(world.db, { companyId, channel: 'sms', address: last, action: 'revoked', source: 'staff' }),
  ],
  [
    "the recipient's row is taken off the contract",
    'cancelled',
    ({ companyId }) =>
      putContract(world.db, companyId, {
        number: 'C10',
        customer: { name: 'Ann Smith' },
        fields: {},
        deliveryNotifications: [],
      }),
  ],
  [
    'the stop is cancelled',
    'cancelled',
    () => world.db('stops').where({ stop_id: 's2' }).update({ status: 'cancelled' }),
  ],
  ['the route is cancelled', 'cancelled', (scene) => scene.cancel()],
  ['the route is un-confirmed', 'not_confirmed', (scene) => scene.unconfirm()],
])('between plan and claim %s: the rest is suppressed (%s)', async (_, reason, change) => {
  const told = await sendWhile(async (scene) => {
    await change(scene)
  })
  expect(told).toMatchObject({ status: 'suppressed', reason, attempts: [] })
  expect(world.twilio.requests.filter(({ to }) => to === last)).toEqual([])
})

test.each<[string, string, (scene: Scene) => Promise<unknown>]>([
  [
    'the stop is moved',
    'planned',
    async (scene) => {
      const at = world.now() + 8 * hours
      const first = Array.from({ length: 10 }, (_, n) => `C${n}`)
      await scene.change([
        { stopId: 's1', at: world.now() + 4 * hours, contracts: first },
        { stopId: 's2', at, contracts: ['C10'] },
      ])
    },
  ],
  ['quiet hours begin', 'held', (scene) => scene.save(settingsWith({ quietHours: { from: '09:00', to: '09:30' } }))],
])('between plan and claim %s: the rest waits (%s)', async (_, status, change) => {
  const told = await sendWhile(async (scene) => {
    await change(scene)
  })
  expect(told).toMatchObject({ status, attempts: [] })
  expect(world.twilio.requests.filter(({ to }) => to === last)).toEqual([])
})
