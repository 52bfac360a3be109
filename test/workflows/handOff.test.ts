import { randomBytes } from 'node:crypto'
import { handOffsOfRoute } from '../../db/handOffViews'
import { type SamsaraStandIn, startSamsaraStandIn } from '../../dev/samsara/startSamsaraStandIn'
import { type HandOffReceiverStandIn, startHandOffReceiver } from '../setup/handOffReceiver'
import { personalDataInTemporal } from '../setup/personalData'
import { hours, minutes, next, textOnly } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'
import { setTruckScene, type TruckScene } from '../setup/truckScene'

const secret = `whsec_${randomBytes(24).toString('base64')}`
const apiToken = 'samsara_api_token'
const device = { vendor: 'generic', deviceId: 'd1' } as const
const ann = '+15125550101'
const seconds = 1_000

let world: World
let receiver: HandOffReceiverStandIn
let samsara: SamsaraStandIn
beforeAll(async () => {
  world = await startWorld()
  receiver = await startHandOffReceiver(secret)
  samsara = await startSamsaraStandIn({ apiToken })
})
afterAll(async () => {
  await world.stop()
  await Promise.all([receiver.stop(), samsara.stop()])
})
beforeEach(async () => {
  await world.clear()
  receiver.clear()
  samsara.clear()
  samsara.clearFaults()
})

async function companyWithReceiver() {
  const scene = await setTruckScene(world, { device, recipients: { C1: textOnly(ann) } })
  await scene.connect('generic', { handOffUrl: `${receiver.url}/routes`, webhookSecret: secret })
  return scene
}

const twoStops = (from: number) => [
  { stopId: 's1', at: from },
  { stopId: 's2', at: from + 1 * hours },
]

/** A route of a Wednesday that was confirmed at 09:00 and handed over. */
async function handedOverToday() {
  const scene = await companyWithReceiver()
  await world.passTo(next(world.now(), 3, '09:00'))
  const at = world.now() + 4 * hours
  await scene.plan(twoStops(at))
  await scene.confirm()
  await delayPasses(scene)
  return { ...scene, at }
}

/** The vendor has been called when the delay has passed; on a busy machine a moment after the clock is there. */
async function delayPasses(scene: Pick<TruckScene, 'handOffs'>): Promise<void> {
  await world.passTo(world.now() + 5 * minutes + 1 * seconds)
  const called = async () =>
    (await scene.handOffs()).some(({ attempts }) => attempts.some(({ outcome }) => outcome !== null))
  while (!(await called())) await new Promise((resolve) => setTimeout(resolve, 20))
}

const types = () => receiver.taken.map(({ body }) => body.type)

test('a route of today is handed over when its delay has passed, signed, with what the vendor needs and no more', async () => {
  const scene = await companyWithReceiver()
  await world.passTo(next(world.now(), 3, '09:00'))
  const at = world.now() + 4 * hours
  await scene.plan(twoStops(at))
  await scene.confirm()
  await world.passTo(world.now() + 4 * minutes + 50 * seconds)
  expect(receiver.received.all).toEqual([])
  await world.passTo(world.now() + 11 * seconds)

  expect(receiver.received.all).toHaveLength(1)
  const [handOff] = await scene.handOffs()
  expect(receiver.received.all[0]).toMatchObject({
    id: `${handOff?.id}-1`,
    genuine: true,
    body: {
      type: 'route.dispatched',
      routeId: 'r1',
      truckId: 'T1',
      deviceId: 'd1',
      stops: [
        {
          stopId: 's1',
          kind: 'delivery',
          scheduledAt: new Date(at).toISOString(),
          address: '1 Main St, Austin',
          location: { latitude: 30, longitude: -97 },
        },
        { stopId: 's2' },
      ],
    },
  })
  expect(JSON.stringify(receiver.received.all)).not.toMatch(/Ann|Dan|North|C1|5125550/)
  expect(handOff).toMatchObject({ state: 'handed_over', attempts: [{ action: 'hand_over', outcome: 'accepted' }] })
  expect(world.twilio.received).toHaveLength(2)
})

test('a route of a later day is handed over when its first confirmation is due', async () => {
  const scene = await companyWithReceiver()
  await world.passTo(next(world.now(), 2, '10:00'))
  await scene.plan(twoStops(world.now() + 27 * hours))
  await scene.confirm()
  await world.passTo(next(world.now(), 2, '16:00') - 10 * seconds)
  expect(receiver.received.all).toEqual([])
  await world.passTo(world.now() + 11 * seconds)
  expect(types()).toEqual(['route.dispatched'])
  expect(world.twilio.received.length).toBeGreaterThan(0)
})

test('a moved stop updates it when edits have settled: one update for a burst', async () => {
  const scene = await handedOverToday()
  await scene.change(twoStops(scene.at + 1 * hours))
  await world.untilAtRest(scene.ref)
  await scene.change([...twoStops(scene.at + 2 * hours), { stopId: 's3', at: scene.at + 4 * hours }])
  await world.passTo(world.now() + 15 * seconds)
  expect(types()).toHaveLength(1)
  await world.passTo(world.now() + 10 * seconds)
  expect(types()).toEqual(['route.dispatched', 'route.dispatched'])
  expect(receiver.taken[1]?.body.stops.map(({ stopId }) => stopId)).toEqual(['s1', 's2', 's3'])
  expect(receiver.taken[1]?.id).not.toBe(receiver.taken[0]?.id)
  await world.passTo(world.now() + 1 * hours)
  expect(receiver.received.all).toHaveLength(2)
})

test('un-confirming withdraws it, and confirming again hands it over as another one', async () => {
  const scene = await handedOverToday()
  await scene.unconfirm()
  await receiver.received.waitFor(({ body }) => body.type === 'route.withdrawn')
  await world.result(scene.ref)
  await scene.confirm()
  await world.passTo(world.now() + 5 * minutes + 1 * seconds)
  expect(types()).toEqual(['route.dispatched', 'route.withdrawn', 'route.dispatched'])
  expect(await scene.handOffs()).toMatchObject([{ state: 'withdrawn' }, { state: 'handed_over' }])
})

test('cancelling withdraws it; a route that was not handed over yet is not spoken of', async () => {
  const scene = await handedOverToday()
  await scene.cancel()
  await world.result(scene.ref)
  expect(types()).toEqual(['route.dispatched', 'route.withdrawn'])

  receiver.clear()
  const other = await companyWithReceiver()
  await other.plan(twoStops(world.now() + 3 * hours))
  await other.confirm()
  await world.untilAtRest(other.ref)
  await other.cancel()
  await world.result(other.ref)
  expect(receiver.received.all).toEqual([])
})

test('another truck: its device is told, and the old one is told to forget', async () => {
  const scene = await handedOverToday()
  await scene.link('T2', { vendor: 'generic', deviceId: 'd2' })
  await scene.change(twoStops(scene.at), 'T2')
  await world.passTo(world.now() + 21 * seconds)
  expect(receiver.taken.map(({ body }) => `${body.type} ${body.deviceId}`)).toEqual([
    'route.dispatched d1',
    'route.withdrawn d1',
    'route.dispatched d2',
  ])
})

test('a device that is unlinked is told to forget the route, at once', async () => {
  const scene = await handedOverToday()
  await scene.link('T1', null)
  await world.tell(scene.ref, 'planChanged')
  await receiver.received.waitFor(({ body }) => body.type === 'route.withdrawn')
})

test('a vendor that is away holds up no message, and gets the route when it is back', async () => {
  receiver.answer('hang')
  const scene = await handedOverToday()
  expect(world.twilio.received).toHaveLength(2)
  const [sentAt] = (await scene.notifications()).map((notification) => notification.sentAt ?? 0)
  const [handOff] = await scene.handOffs()
  expect(handOff).toMatchObject({ state: 'failed', attempts: [{ outcome: 'unknown', code: 'timeout' }] })
  expect((sentAt ?? 0) - (handOff?.attempts[0]?.at ?? 0)).toBeLessThan(1_000)

  const { events } = await world.handle(scene.ref).fetchHistory()
  const queues = events?.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled
      ? [`${scheduled.activityType?.name} ${scheduled.taskQueue?.name?.replace(world.taskQueue, 'queue')}`]
      : [],
  )
  expect(queues?.sort()).toEqual(['handOffRoute queue-hand-off', 'sendNotifications queue'])

  receiver.answer(503)
  await world.passTo(world.now() + 30 * minutes)
  const tries = (await handOffsOfRoute(world.db, scene.ref))[0]?.attempts.map(({ at }) => at) ?? []
  const gaps = tries.slice(1).map((at, index) => (at - (tries[index] ?? 0)) / seconds)
  for (const [index, due] of [5, 30, 120, 600, 600].entries()) {
    expect(gaps[index]).toBeGreaterThanOrEqual(due)
    expect(gaps[index]).toBeLessThan(due + 4)
  }
  receiver.answer(200)
  await world.passTo(world.now() + 10 * minutes)
  expect(types()).toEqual(['route.dispatched'])
  expect(new Set(receiver.received.all.map(({ id }) => id)).size).toBe(1)
  expect((await scene.handOffs())[0]).toMatchObject({ state: 'handed_over', retryAt: null })
})

test('a route that is over while a vendor is being called ends when the answer is known', async () => {
  const scene = await handedOverToday()
  receiver.answer('hang')
  await scene.link('T1', null)
  await world.tell(scene.ref, 'planChanged')
  await receiver.received.waitFor(({ body }) => body.type === 'route.withdrawn')
  await scene.report('departed', 's1')
  await scene.report('departed', 's2')
  expect(await world.result(scene.ref)).toBe('completed')
  expect((await scene.handOffs())[0]?.attempts[1]).toMatchObject({ outcome: 'unknown', code: 'timeout' })
})

describe('Samsara', () => {
  async function companyAtSamsara() {
    const scene = await setTruckScene(world, {
      device: { vendor: 'samsara', deviceId: '281474' },
      recipients: { C1: textOnly(ann) },
    })
    await scene.connect('samsara', { apiToken, apiUrl: samsara.url })
    await world.passTo(next(world.now(), 3, '09:00'))
    const at = world.now() + 4 * hours
    await scene.plan(twoStops(at))
    await scene.confirm()
    return { ...scene, at }
  }
  const requests = () => samsara.requests.map(({ method, outcome }) => `${method} ${outcome}`)

  test('has the route, then what has changed of it, and then nothing', async () => {
    const scene = await companyAtSamsara()
    await delayPasses(scene)
    expect(samsara.routes).toMatchObject([
      { vehicleId: '281474', stops: [{ externalIds: { stopId: 's1' } }, { externalIds: { stopId: 's2' } }] },
    ])
    expect(JSON.stringify(samsara.requests)).not.toMatch(/Ann|Dan|C1|5125550/)
    const [first] = structuredClone(samsara.routes[0]?.stops ?? [])

    await scene.change([...twoStops(scene.at + 2 * hours), { stopId: 's3', at: scene.at + 4 * hours }])
    await world.passTo(world.now() + 21 * seconds)
    const [handOff] = await scene.handOffs()
    expect(samsara.routes).toMatchObject([{ id: handOff?.vendorRouteId, stops: [{ id: first?.id }, {}, {}] }])

    await scene.cancel()
    await world.result(scene.ref)
    expect(samsara.routes).toEqual([])
    expect((await scene.handOffs()).map(({ state }) => state)).toEqual(['withdrawn'])
  })

  test('a lost answer leaves exactly one route there', async () => {
    samsara.fault({ kind: 'drop_after_accept' })
    const scene = await companyAtSamsara()
    await delayPasses(scene)
    expect(await scene.handOffs()).toMatchObject([{ state: 'failed', attempts: [{ outcome: 'unknown' }] }])
    await world.passTo(world.now() + 6 * seconds)
    expect(samsara.routes).toHaveLength(1)
    expect(requests()).toEqual(['POST drop_after_accept', 'GET done', 'PATCH done'])
    expect(await scene.handOffs()).toMatchObject([{ state: 'handed_over', vendorRouteId: samsara.routes[0]?.id }])
  })

  test('a route that is cancelled while nobody knows whether it is there is not there in the end', async () => {
    samsara.fault({ kind: 'hang', accepted: true })
    const scene = await companyAtSamsara()
    await delayPasses(scene)
    expect(samsara.routes).toHaveLength(1)
    await scene.cancel()
    await world.passTo(world.now() + 31 * seconds)
    expect(samsara.routes).toEqual([])
    expect(await world.result(scene.ref)).toBe('cancelled')
  })

  test('a withdrawal is repeated until it has succeeded, and the workflow stays for it', async () => {
    const scene = await companyAtSamsara()
    await delayPasses(scene)
    samsara.fault({ kind: 'server_error', status: 503, on: 'delete', times: 2 })
    await scene.unconfirm()
    await samsara.waitForRequest(({ method }) => method === 'DELETE')
    await world.passTo(world.now() + 40 * seconds)
    expect(await world.result(scene.ref)).toBe('planned')
    expect(samsara.routes).toEqual([])
    expect(requests()).toEqual(['POST done', 'DELETE server_error', 'DELETE server_error', 'DELETE done'])
  })

  test('un-confirmed and confirmed again before the withdrawal got through, the route stays there once', async () => {
    const scene = await companyAtSamsara()
    await delayPasses(scene)
    samsara.fault({ kind: 'server_error', status: 503, on: 'delete' })
    await scene.unconfirm()
    await samsara.waitForRequest(({ method }) => method === 'DELETE')
    await world.untilAtRest(scene.ref)
    await scene.confirm()
    await world.passTo(world.now() + 6 * minutes)
    expect(samsara.routes).toHaveLength(1)
    expect(await scene.handOffs()).toMatchObject([{ state: 'handed_over' }])
  })

  test('a route with one stop is not handed off, and goes when it has a second one', async () => {
    const scene = await companyAtSamsara()
    await scene.change(twoStops(scene.at).slice(0, 1))
    await world.passTo(world.now() + 10 * minutes)
    expect(samsara.requests).toEqual([])
    await scene.change(twoStops(scene.at))
    await world.passTo(world.now() + 21 * seconds)
    expect(samsara.routes).toHaveLength(1)
  })

  test('429: the call is repeated when Samsara says', async () => {
    samsara.fault({ kind: 'rate_limited', retryAfterSeconds: 61.5 })
    const scene = await companyAtSamsara()
    await delayPasses(scene)
    await world.passTo(world.now() + 58 * seconds)
    expect(requests()).toEqual(['POST rate_limited'])
    await world.passTo(world.now() + 5 * seconds)
    expect(requests()).toEqual(['POST rate_limited', 'GET 404', 'POST done'])
  })
})

test('no history of these routes holds a name, a number, an address or a text', async () => {
  const { searched, found } = await personalDataInTemporal(world)
  expect(searched).toBeGreaterThan(10)
  expect(found).toEqual([])
})
