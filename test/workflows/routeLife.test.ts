import { randomUUID } from 'node:crypto'
import { recordConsent } from '../../db/consents'
import { wallTimeOf } from '../../domain/schedule/zonedTime'
import { personalDataInTemporal } from '../setup/personalData'
import {
  hours,
  minutes,
  next,
  routeOfToday,
  type Scene,
  setScene,
  settingsWith,
  textAndEmail,
  textOnly,
  zone,
} from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'
const bob = '+15125550102'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clear())

/** What was said to a recipient, by event, in order. */
async function said(scene: Scene, recipient: string): Promise<string[]> {
  const all = await scene.notifications()
  return all
    .filter((notification) => notification.recipient === recipient && notification.sentAt !== null)
    .map(({ event }) => event)
}

const textsTo = (to: string) => world.twilio.requests.filter((request) => request.to === to)

test('a change of the settings moves the timer of a sleeping route', async () => {
  const scene = await setScene(world, { recipients: { C1: textOnly(ann) } })
  const tuesday = next(world.now(), 2, '10:00')
  await world.passTo(tuesday)
  await scene.plan([{ stopId: 's1', at: tuesday + 27 * hours }])
  await scene.confirm()
  const { confirmation } = settingsWith()
  await scene.save(settingsWith({ confirmation: { ...confirmation, sendAfter: '14:30' } }))
  await world.tell(scene.ref, 'planChanged')

  await world.passTo(next(tuesday, 2, '14:29'))
  expect(await said(scene, ann)).toEqual([])
  await world.passTo(next(tuesday, 2, '14:31'))
  expect(await said(scene, ann)).toEqual(['confirmed'])
  const [confirmed] = await scene.notifications()
  expect(wallTimeOf(confirmed?.sentAt ?? 0, zone)).toBe('14:30')
})

test('a cancelled route tells those who were told, and nobody else', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  await scene.change([
    { stopId: 's1', at: world.now() + 4 * hours, contracts: ['C1'] },
    { stopId: 's2', at: world.now() + 30 * hours, contracts: ['C1'] },
  ])
  await scene.cancel()
  await world.passTo(world.now() + 1 * minutes)
  expect(await world.result(scene.ref)).toBe('cancelled')
  expect(await said(scene, ann)).toEqual(['confirmed', 'cancelled'])
})

test('a cancelled route of which nobody had been told is silent', async () => {
  const scene = await setScene(world, { recipients: { C1: textAndEmail(ann, 'ann@example.com') } })
  await world.passTo(next(world.now(), 2, '10:00'))
  await scene.plan([{ stopId: 's1', at: world.now() + 27 * hours }])
  await scene.confirm()
  await scene.cancel()
  expect(await world.result(scene.ref)).toBe('cancelled')
  expect([...world.twilio.requests, ...world.smtp.requests]).toEqual([])
  expect((await scene.notifications()).map(({ reason }) => reason)).toEqual(['cancelled', 'cancelled'])
})

test('a burst of edits gives one message, about where the stop came to rest', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  const began = world.now()
  for (const later of [2, 3, 5]) await scene.change([{ stopId: 's1', at: began + later * hours }])
  await world.passTo(world.now() + 1 * minutes)
  expect(await said(scene, ann)).toEqual(['confirmed', 'updated'])
  expect(textsTo(ann).at(-1)?.body).toMatch(/new time.*1:35 PM - 2:40 PM/)

  // Moved within the window that is now told, and back: nothing to say.
  await scene.change([{ stopId: 's1', at: began + 5 * hours + 20 * minutes }])
  await world.passTo(world.now() + 1 * hours)
  expect(textsTo(ann)).toHaveLength(2)
})

test('a contract that is taken off a stop that stays: its customers hear that it is cancelled, if they may be told', async () => {
  const carl = '+15125550103'
  const scene = await routeOfToday(world, {
    recipients: { C1: textOnly(ann), C2: textOnly(bob), C3: textOnly(carl) },
  })
  const { companyId } = scene
  await recordConsent(world.db, { companyId, channel: 'sms', address: carl, action: 'revoked', source: 'staff' })
  await scene.change([{ stopId: 's1', at: world.now() + 4 * hours - 5 * minutes, contracts: ['C1'] }])
  await world.passTo(world.now() + 1 * minutes)
  expect(await said(scene, ann)).toEqual(['confirmed'])
  expect(await said(scene, bob)).toEqual(['confirmed', 'cancelled'])
  expect(textsTo(bob).at(-1)?.body).toContain('C2')
  expect(await said(scene, carl)).toEqual(['confirmed'])
  const last = (await scene.notifications()).find(({ recipient, event }) => recipient === carl && event === 'cancelled')
  expect(last).toMatchObject({ status: 'suppressed', reason: 'opted_out' })
})

test('un-confirmed and confirmed again: who was told hears nothing, who was not is told', async () => {
  const scene = await setScene(world, { recipients: { C1: textOnly(ann), C2: textOnly(bob) } })
  await world.passTo(next(world.now(), 3, '09:00'))
  const s1 = { stopId: 's1', at: world.now() + 4 * hours, contracts: ['C1'] }
  const s2 = { stopId: 's2', at: world.now() + 4 * hours, contracts: ['C2'] }
  await scene.plan([s1])
  await scene.confirm()
  await world.passTo(world.now() + 6 * minutes)
  await scene.unconfirm()
  expect(await world.result(scene.ref)).toBe('planned')

  await scene.plan([s1, s2])
  await scene.confirm()
  await world.passTo(world.now() + 6 * minutes)
  expect(await said(scene, ann)).toEqual(['confirmed'])
  expect(await said(scene, bob)).toEqual(['confirmed'])
  expect(world.twilio.requests).toHaveLength(2)
})

test('a route that is confirmed while the worker is away is told when it is back, once', async () => {
  const scene = await setScene(world, { recipients: { C1: textAndEmail(ann, 'ann@example.com') } })
  const morning = next(world.now(), 3, '09:00')
  await world.passTo(morning)
  await scene.plan([{ stopId: 's1', at: morning + 4 * hours }])
  await scene.confirm()
  await world.stopWorker()
  await world.startWorker()
  await world.passTo(morning + 6 * minutes)
  await world.stopWorker()
  await scene.report('arrived', 's1')
  await world.startWorker()
  await scene.until((all) => all.filter(({ event, sentAt }) => event === 'arrived' && sentAt !== null).length === 2)
  expect(await said(scene, ann)).toEqual(['confirmed', 'arrived'])
  expect(world.twilio.requests).toHaveLength(2)
  expect(world.smtp.mails.map(({ deliveries }) => deliveries)).toEqual([1, 1])
})

test('a worker that is told to stop finishes the calls it began, and the next one does the rest', async () => {
  const numbers = Array.from({ length: 25 }, (_, n) => `+15125550${400 + n}`)
  const recipients = Object.fromEntries(numbers.map((number, n) => [`C${n}`, textOnly(number)]))
  world.twilio.fault({ kind: 'slow', delayMs: 400, times: 10 })
  const routed = routeOfToday(world, { recipients })
  await world.twilio.waitForRequest(() => true)
  await world.stopWorker()
  const attempts = await world.db('attempts').join('notifications', 'id', 'notification_id').whereIn('address', numbers)
  expect(attempts.map(({ outcome }) => outcome)).toEqual(Array(10).fill('accepted'))
  expect(world.twilio.requests).toHaveLength(10)

  await world.startWorker()
  await routed
  expect(world.twilio.requests.map(({ to }) => to).sort()).toEqual(numbers)
})

test('reports that come twice, late or out of order tell each thing once', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  const at = world.now()
  await scene.report('departed', 's1', at + 2_000)
  await scene.report('arrived', 's1', at + 1_000)
  await scene.report('departed', 's1', at + 3_000)
  await scene.report('arrived', 's1', at)
  expect(await world.result(scene.ref)).toBe('completed')
  // A departure tells of the whole visit; an arrival that comes to be known after it is no news.
  expect(await said(scene, ann)).toEqual(['confirmed', 'departed'])
  expect(textsTo(ann)).toHaveLength(2)
})

test('the same nudge many times over changes nothing', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  const event = { eventId: randomUUID(), kind: 'arrived', stopId: 's1', source: 'driver' } as const
  await Promise.all(Array.from({ length: 20 }, () => world.handle(scene.ref).signal('routeEvent', event)))
  await world.passTo(world.now() + 1 * minutes)
  expect(await said(scene, ann)).toEqual(['confirmed'])
})

test('a signal that makes no sense does not fail the route', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  await world.handle(scene.ref).signal('routeEvent', null)
  await world.handle(scene.ref).signal('routeEvent', { kind: 'nonsense' })
  await scene.report('arrived', 's1')
  await scene.until((all) => all.some(({ event, sentAt }) => event === 'arrived' && sentAt !== null))
})

test('a route that nobody reports closes 12 hours after its last told window', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  // 09:05 plus the rest of the four hours, half an hour of buffer, twelve hours.
  await world.passTo(next(world.now(), 4, '01:29'))
  expect((await world.handle(scene.ref).describe()).status.name).toBe('RUNNING')
  await world.passTo(world.now() + 5 * minutes)
  expect(await world.result(scene.ref)).toBe('completed')
  const stop = await world.db('stops').where({ company_id: scene.companyId }).first()
  expect(stop?.status).toBe('pending')
})

test("an operator finds the route by its attributes and reads its stops in Temporal's UI", async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  await scene.until((all) => all.some(({ sentAt }) => sentAt !== null))
  const described = await world.handle(scene.ref).describe()
  expect(described.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).toContainEqual([
    'RouteStatus',
    'confirmed',
  ])
  const { events } = await world.handle(scene.ref).fetchHistory()
  const summaries = events?.map(({ userMetadata }) => Buffer.from(userMetadata?.summary?.data ?? []).toString())
  expect(summaries).toContain('"1 × confirmed (s1)"')
})

test('no history of these routes holds a name, a number, an address or a text', async () => {
  const { searched, found } = await personalDataInTemporal(world)
  expect(searched).toBeGreaterThan(10)
  expect(found).toEqual([])
})
