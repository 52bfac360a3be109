import { listConsents, recordConsent } from '../../db/consents'
import { recordReceipt } from '../../db/receipts'
import { personalDataInTemporal } from '../setup/personalData'
import { hours, minutes, routeOfToday, type Scene, settingsWith, textAndEmail, textOnly } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'
const bob = '+15125550102'
const seconds = 1_000

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.clear())

async function notificationTo(scene: Scene, recipient: string, event = 'confirmed') {
  const all = await scene.notifications()
  return all.find((notification) => notification.recipient === recipient && notification.event === event)
}

const requestsTo = (to: string) => world.twilio.requests.filter((request) => request.to === to)
const acceptedBy = (to: string) => world.twilio.received.filter((text) => text.to === to)

test('a text that Twilio asks to be tried later is sent when Retry-After has passed, by a timer of the route', async () => {
  world.twilio.fault({ kind: 'rate_limited', retryAfterSeconds: 90, times: 1 })
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  expect(await notificationTo(scene, ann)).toMatchObject({ status: 'sending', attempts: [{ outcome: 'try_later' }] })

  await world.passTo(world.now() + 80 * seconds)
  expect(requestsTo(ann)).toHaveLength(1)
  await world.passTo(world.now() + 11 * seconds)
  expect(requestsTo(ann)).toHaveLength(2)
  const [first, second] = (await notificationTo(scene, ann))?.attempts ?? []
  expect(first).toMatchObject({ outcome: 'try_later', code: '20429' })
  expect(second).toMatchObject({ outcome: 'accepted' })
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(90 * seconds)

  const { events } = await world.handle(scene.ref).fetchHistory()
  const timers = events?.map((event) => Number(event.timerStartedEventAttributes?.startToFireTimeout?.seconds ?? 0))
  expect(timers?.some((timer) => timer >= 85 && timer <= 91)).toBe(true)
})

test('a number that Twilio knows as unsubscribed is opted out, and is not called again', async () => {
  const stopped = '+15005550004'
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(stopped) } })
  expect(await notificationTo(scene, stopped)).toMatchObject({ status: 'failed', reason: 'opted_out' })

  await scene.report('arrived', 's1')
  await scene.until((all) => all.some(({ event, status }) => event === 'arrived' && status === 'suppressed'))
  expect(await notificationTo(scene, stopped, 'arrived')).toMatchObject({ reason: 'opted_out', attempts: [] })
  expect(requestsTo(stopped)).toHaveLength(1)
})

test('a recipient who opts out while a text waits for its next call is not called again', async () => {
  world.twilio.fault({ kind: 'rate_limited', retryAfterSeconds: 90, times: 1 })
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  await recordConsent(world.db, { companyId: null, channel: 'sms', address: ann, action: 'revoked', source: 'stop' })
  await world.passTo(world.now() + 100 * seconds)
  const [text] = await scene.notifications()
  expect(text).toMatchObject({ status: 'suppressed', reason: 'opted_out', attempts: [{ outcome: 'try_later' }] })
  expect(requestsTo(ann)).toHaveLength(1)
  await recordConsent(world.db, { companyId: null, channel: 'sms', address: ann, action: 'granted', source: 'start' })
})

test('a number that Twilio has blocked stays so until its owner texts START: staff cannot lift it', async () => {
  world.twilio.fault({ kind: 'refuse', code: 21610, to: bob, times: 1 })
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(bob) } })
  const { companyId } = scene
  const decide = (by: string | null, source: string) =>
    recordConsent(world.db, { companyId: by, channel: 'sms', address: bob, action: 'granted', source })
  const { items } = await listConsents(world.db, companyId, { address: bob, limit: 1 })
  // As when a receipt says so.
  expect(items[0]).toMatchObject({ action: 'revoked', source: 'twilio_21610', companyId: null })
  await decide(companyId, 'phone call')
  await scene.report('arrived', 's1')
  await scene.until((all) => all.some(({ reason, event }) => event === 'arrived' && reason === 'opted_out'))
  await decide(null, 'start')
  await scene.report('departed', 's1')
  await scene.until((all) => all.some(({ status, event }) => event === 'departed' && status === 'accepted'))
})

test('one bad number, one slow number and one refused mailbox hold up nobody else', async () => {
  const recipients = Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [`C${n}`, textAndEmail(`+151255502${10 + n}`, `c${n}@example.com`)]),
  )
  recipients.C12 = textOnly('+15005550001')
  world.twilio.fault({ kind: 'hang', to: '+15125550210' })
  world.smtp.fault({ kind: 'refuse_recipient', code: 550, to: 'c3@example.com' })
  const scene = await routeOfToday(world, { recipients })

  expect(await notificationTo(scene, '+15005550001')).toMatchObject({ status: 'failed', reason: 'invalid_address' })
  expect(await notificationTo(scene, 'c3@example.com')).toMatchObject({ status: 'failed', reason: 'invalid_address' })
  expect(await notificationTo(scene, '+15125550210')).toMatchObject({ status: 'unknown' })
  const rest = (await scene.notifications()).filter(({ status }) => status === 'accepted' || status === 'sent')
  expect(rest).toHaveLength(22)
  expect(await world.handle(scene.ref).describe()).toMatchObject({ status: { name: 'RUNNING' } })
})

test.each([
  ['drop_after_accept', { kind: 'drop_after_accept', to: ann, times: 1 }],
  ['a late answer', { kind: 'hang', accepted: true, to: ann, times: 1 }],
  ['a server error', { kind: 'server_error', accepted: true, to: ann, times: 1 }],
] as const)(
  'a text that Twilio took without saying so (%s) is found 30 s later and not sent again',
  async (_, fault) => {
    world.twilio.fault(fault)
    const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
    expect(await notificationTo(scene, ann)).toMatchObject({ status: 'unknown', providerId: null })

    await world.passTo(world.now() + 31 * seconds)
    expect(await notificationTo(scene, ann)).toMatchObject({ providerId: acceptedBy(ann)[0]?.sid, reason: null })
    expect((await notificationTo(scene, ann))?.status).toMatch(/accepted|delivered/)
    await world.passTo(world.now() + 1 * hours)
    expect(requestsTo(ann)).toHaveLength(1)
  },
)

test('a text of which Twilio knows nothing stays unknown after three look-ups, and only a person sends it again', async () => {
  world.twilio.fault({ kind: 'server_error', to: ann, times: 1 })
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  const lookUps = async () => (await world.db('notifications').where({ company_id: scene.companyId }).first())?.look_ups
  expect(await lookUps()).toBe(0)
  await world.passTo(world.now() + 31 * seconds)
  expect(await lookUps()).toBe(1)
  await world.passTo(world.now() + 90 * seconds)
  expect(await lookUps()).toBe(2)
  await world.passTo(world.now() + 3 * hours)
  expect(await lookUps()).toBe(3)
  expect(await notificationTo(scene, ann)).toMatchObject({ status: 'unknown', attempts: [{ outcome: 'unknown' }] })
  expect(requestsTo(ann)).toHaveLength(1)
})

test('a look-up that Twilio does not answer holds up nothing, and the next one finds the text', async () => {
  world.twilio.fault({ kind: 'drop_after_accept', to: ann, times: 1 })
  world.twilio.fault({ kind: 'hang', on: 'read', times: 1 })
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann), C2: textOnly(bob) } })
  await world.passTo(world.now() + 31 * seconds)
  expect(await notificationTo(scene, ann)).toMatchObject({ status: 'unknown' })
  expect(await notificationTo(scene, bob)).toMatchObject({ status: 'accepted' })
  await world.passTo(world.now() + 2 * minutes)
  expect(await notificationTo(scene, ann)).toMatchObject({ providerId: acceptedBy(ann)[0]?.sid })
  expect(requestsTo(ann)).toHaveLength(1)
})

test('of two equal texts to one number, the one that was lost is not taken for the other', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  const at = world.now() + 5 * hours
  world.twilio.clear()
  world.twilio.fault({ kind: 'server_error', to: ann, times: 1 })
  // Two further stops of the contract with the same window: the customer is told twice, in the same words.
  await scene.change([
    { stopId: 's1', at: world.now() + 4 * hours - 5 * minutes },
    { stopId: 's2', at },
    { stopId: 's3', at },
  ])
  await world.passTo(world.now() + 1 * hours)
  const bodies = requestsTo(ann).map(({ body }) => body)
  expect(bodies).toHaveLength(2)
  expect(bodies[0]).toBe(bodies[1])
  const twins = (await scene.notifications()).filter(({ stopId }) => stopId !== 's1')
  expect(twins.map(({ status }) => status).sort()).toEqual(['accepted', 'unknown'])
  expect(acceptedBy(ann)).toHaveLength(1)
})

test('of two equal texts that were both lost, Twilio has one: neither is taken for it before a receipt says which', async () => {
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann) } })
  const at = world.now() + 5 * hours
  world.twilio.clear()
  world.twilio.fault({ kind: 'server_error', to: ann, times: 1 })
  world.twilio.fault({ kind: 'drop_after_accept', to: ann, times: 1 })
  await scene.change([
    { stopId: 's1', at: world.now() + 4 * hours - 5 * minutes },
    { stopId: 's2', at },
    { stopId: 's3', at },
  ])
  await world.passTo(world.now() + 1 * hours)
  const twins = async () => (await scene.notifications()).filter(({ stopId }) => stopId !== 's1')
  expect(acceptedBy(ann)).toHaveLength(1)
  expect((await twins()).map(({ status, lookUps }) => [status, lookUps])).toEqual([
    ['unknown', 3],
    ['unknown', 3],
  ])

  const [one, other] = await twins()
  const receipt = { providerId: acceptedBy(ann)[0]?.sid ?? '', status: 'delivered', at: world.now() } as const
  await recordReceipt(world.db, { ...receipt, notificationId: other?.id })
  expect((await twins()).map(({ id, status }) => [id, status])).toEqual([
    [one?.id, 'unknown'],
    [other?.id, 'delivered'],
  ])
  expect(requestsTo(ann)).toHaveLength(2)
})

test('a text of unknown outcome that is found as undelivered says why, and the email stands in for it', async () => {
  world.twilio.fault({ kind: 'drop_after_accept', to: ann, times: 1 })
  const recipients = textAndEmail(ann, 'ann@example.com').map((row) => ({
    ...row,
    onlyIfTextFails: row.method === 'email',
  }))
  const scene = await routeOfToday(world, { recipients: { C1: recipients } })
  expect(await notificationTo(scene, ann)).toMatchObject({ status: 'unknown' })
  const text = await world.twilio.waitFor(({ status }) => status === 'delivered')
  Object.assign(text, { status: 'undelivered', errorCode: 30005 })

  await world.passTo(world.now() + 31 * seconds)
  expect(await notificationTo(scene, ann)).toMatchObject({
    status: 'undelivered',
    reason: 'invalid_address',
    reasonText: 'This number is unknown or no longer in service: correct it on the contract.',
  })
  expect(await notificationTo(scene, 'ann@example.com')).toMatchObject({ status: 'sent' })
  expect(requestsTo(ann)).toHaveLength(1)
})

test('an email of unknown outcome is sent again under its Message-ID: one mail to a mailbox', async () => {
  world.smtp.fault({ kind: 'drop_after_data', to: 'ann@example.com', times: 1 })
  const scene = await routeOfToday(world, { recipients: { C1: textAndEmail(ann, 'ann@example.com').slice(1) } })
  await world.passTo(world.now() + 10 * seconds)
  expect(await notificationTo(scene, 'ann@example.com')).toMatchObject({ status: 'sent' })
  expect(world.smtp.mails).toMatchObject([{ deliveries: 2 }])
})

test('a template that cannot be filled in fails its own messages and no others', async () => {
  const { events } = settingsWith()
  const broken = { ...events, confirmed: { ...events.confirmed, sms: '{{ company.name | nosuchfilter }}' } }
  const scene = await routeOfToday(world, {
    settings: settingsWith({ events: broken }),
    recipients: { C1: textAndEmail(ann, 'ann@example.com') },
  })
  expect(await notificationTo(scene, ann)).toMatchObject({ status: 'failed', reason: 'content_refused' })
  expect(await notificationTo(scene, 'ann@example.com')).toMatchObject({ status: 'sent' })
  expect(requestsTo(ann)).toEqual([])
})

test('a worker that was frozen between claim and call does not call on the old claim', async () => {
  const realNow = Date.now
  const send = world.sms.send
  let clock: jest.SpyInstance | null = null
  // The first call takes the process eleven seconds, in which the second text's claim grows old.
  const sending = jest.spyOn(world.sms, 'send').mockImplementation((message) => {
    clock ??= jest.spyOn(Date, 'now').mockImplementation(() => realNow() + 11 * seconds)
    return send(message).finally(() => clock?.mockRestore())
  })
  try {
    const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann), C2: textOnly(bob) } })
    await world.passTo(world.now() + 15 * seconds)
    const attempts = (await scene.notifications()).map((notification) => notification.attempts.map(({ code }) => code))
    expect(attempts.sort()).toEqual([['claim_expired', null], [null]].sort())
  } finally {
    sending.mockRestore()
  }
  expect([...requestsTo(ann), ...requestsTo(bob)]).toHaveLength(2)
})

test('no history of these routes holds a name, a number, an address or a text', async () => {
  const { searched, found } = await personalDataInTemporal(world)
  expect(searched).toBeGreaterThan(20)
  expect(found).toEqual([])
})

test('an email that may have gone out stays in doubt when it is then refused for now: its customer is told of a cancellation', async () => {
  world.smtp.fault({ kind: 'drop_after_data', times: 1 })
  const [, emailOnly] = textAndEmail(ann, 'ann@example.com')
  const scene = await routeOfToday(world, { recipients: { C1: emailOnly ? [emailOnly] : [] } })
  world.smtp.fault({ kind: 'refuse_data', code: 451, times: 1 })
  await world.passTo(world.now() + 10 * seconds)
  const outcomes = (await notificationTo(scene, 'ann@example.com'))?.attempts.map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['unknown', 'try_later'])

  await scene.cancel()
  await scene.until((all) => all.some(({ event, status }) => event === 'cancelled' && status === 'sent'))
  expect(await notificationTo(scene, 'ann@example.com')).toMatchObject({ status: 'unknown' })
})
