import { putContract } from '../../db/contracts'
import { recordReceipt } from '../../db/receipts'
import { minutes, routeOfToday, type Scene, textAndEmail, textOnly } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'
const mail = 'ann@example.com'
const textElseEmail = textAndEmail(ann, mail).map((row) => ({ ...row, onlyIfTextFails: row.method === 'email' }))

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clear())

/** What the receipt of a text does, as the API would store it. */
async function undelivered(scene: Scene, event: string): Promise<void> {
  const text = (await scene.notifications()).find((each) => each.event === event && each.channel === 'sms')
  const providerId = text?.providerId ?? ''
  const receipt = { providerId, status: 'undelivered', code: '30003', at: world.now() } as const
  expect(await recordReceipt(world.db, { ...receipt, notificationId: text?.id })).toMatchObject({ changed: true })
  await world.tell(scene.ref, 'undelivered')
}

const mails = () => world.smtp.mails.map(({ subject, deliveries }) => [subject, deliveries])
const emailsOf = async (scene: Scene) =>
  (await scene.notifications())
    .filter(({ channel }) => channel === 'email')
    .map(({ event, status, reason }) => [event, status, reason])

test('the last text of a route turns out undelivered after the route has ended: the email stands in for it, once', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textElseEmail } })
  await scene.report('departed', 's1')
  expect(await world.result(scene.ref)).toBe('completed')
  expect(mails()).toEqual([])

  await world.passTo(world.now() + 5 * minutes)
  await undelivered(scene, 'departed')
  expect(await world.result(scene.ref)).toBe('completed')
  expect(await emailsOf(scene)).toEqual([['departed', 'sent', null]])
  await world.tell(scene.ref, 'undelivered')
  expect(await world.result(scene.ref)).toBe('completed')
  expect(world.smtp.mails).toHaveLength(1)
})

test('a route that ended tells nothing else by it, whatever has changed since', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textElseEmail, C2: textOnly('+15125550102') } })
  await scene.report('departed', 's1')
  expect(await world.result(scene.ref)).toBe('completed')
  const before = (await scene.notifications()).length
  await putContract(world.db, scene.companyId, {
    ...{ number: 'C2', customer: { name: 'Bob' }, fields: {} },
    deliveryNotifications: textAndEmail('+15125550103', 'bob@example.com'),
  })
  await undelivered(scene, 'departed')
  expect(await world.result(scene.ref)).toBe('completed')
  expect((await scene.notifications()).slice(before).map(({ recipient }) => recipient)).toEqual([mail])
})

test('a cancellation that did not get through by text is told by email after the route has ended', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textElseEmail } })
  await scene.cancel()
  expect(await world.result(scene.ref)).toBe('cancelled')
  await undelivered(scene, 'cancelled')
  expect(await world.result(scene.ref)).toBe('cancelled')
  expect(await emailsOf(scene)).toEqual([['cancelled', 'sent', null]])
})
