import { randomBytes, randomUUID } from 'node:crypto'
import { consentsOf, recordConsent } from '../../db/consents'
import { getProviderTest, insertProviderTest } from '../../db/providerTests'
import { type SamsaraStandIn, startSamsaraStandIn } from '../../dev/samsara/startSamsaraStandIn'
import { type ProviderTestTarget, providerTestWorkflowId } from '../../domain/providerTest'
import { startProviderTest } from '../../integrations/temporal/startProviderTest'
import { type HandOffReceiverStandIn, startHandOffReceiver } from '../setup/handOffReceiver'
import { personalDataInTemporal } from '../setup/personalData'
import { startWorld, type World } from '../setup/startWorld'
import { setTruckScene, type TruckScene } from '../setup/truckScene'

const secret = `whsec_${randomBytes(24).toString('base64')}`
const apiToken = 'samsara_api_token'
const ann = '+15125550101'
const annsMail = 'ann@example.com'

let world: World
let receiver: HandOffReceiverStandIn
let samsara: SamsaraStandIn
let scene: TruckScene
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
  scene = await setTruckScene(world)
})

/** A test as the API asks for it, when it has ended. */
async function tested(target: ProviderTestTarget, address: string | null = null) {
  const { companyId } = scene
  const id = randomUUID()
  await insertProviderTest(world.db, { id, companyId, target, address })
  await startProviderTest(world.client, world.taskQueue, { companyId, testId: id, target })
  await world.client.workflow.getHandle(providerTestWorkflowId({ companyId, testId: id })).result()
  return getProviderTest(world.db, { companyId, id })
}

test('a test text goes out by Twilio, says that it is a test and of whom, and is no notification', async () => {
  expect(await tested('sms', ann)).toMatchObject({
    status: 'succeeded',
    message: 'Twilio took the message. Now look whether it arrives.',
  })
  expect(world.twilio.received).toMatchObject([{ to: ann, body: expect.stringMatching(/^Test message from Acme\. /) }])
  expect(await world.db('notifications').where({ company_id: scene.companyId })).toEqual([])
})

test('a test email goes out by the mail server likewise', async () => {
  expect(await tested('email', annsMail)).toMatchObject({ status: 'succeeded' })
  expect(world.smtp.mails).toMatchObject([{ subject: 'Test message from Acme' }])
})

test('what the provider refuses is a failed test with the reason in plain words, and no number in Temporal', async () => {
  world.twilio.fault({ kind: 'refuse', code: 21211, to: ann, times: 1 })
  const refused = await tested('sms', ann)
  expect(refused?.status).toBe('failed')
  expect(refused?.message).toMatch(/no such number or mailbox exists.*21211/)
  world.smtp.fault({ kind: 'refuse_recipient', code: 450, to: annsMail, times: 1 })
  expect((await tested('email', annsMail))?.message).toMatch(/^The mail server does not take it for now/)
  const { searched, found } = await personalDataInTemporal(world, [ann, annsMail])
  expect(searched).toBeGreaterThan(1)
  expect(found).toEqual([])
})

test('a test whose outcome nobody knows is not repeated', async () => {
  world.twilio.fault({ kind: 'drop_after_accept', to: ann, times: 1 })
  expect((await tested('sms', ann))?.message).toMatch(/^Nobody knows whether Twilio took it/)
  expect(world.twilio.received).toHaveLength(1)
})

test('who has opted out since the test was asked for gets none; a STOP that Twilio knows of counts from then on', async () => {
  world.twilio.fault({ kind: 'refuse', code: 21610, to: ann, times: 1 })
  expect((await tested('sms', ann))?.status).toBe('failed')
  expect(await consentsOf(world.db, { companyId: scene.companyId, channel: 'sms', address: ann })).toMatchObject([
    { action: 'revoked', source: 'twilio_21610', companyId: null },
  ])
  await recordConsent(world.db, {
    ...{ companyId: scene.companyId, channel: 'email', address: annsMail, action: 'revoked', source: 'phone call' },
  })
  expect(await tested('email', annsMail)).toMatchObject({
    status: 'failed',
    message: 'The recipient has opted out, so nothing was sent.',
  })
  expect(world.smtp.mails).toEqual([])
})

test('a test forgets the address when it has ended', async () => {
  const test = await tested('sms', '+15125550199')
  expect(await world.db('provider_tests').where({ id: test?.id })).toMatchObject([{ address: null }])
})

test('the receiver of a company gets a signed test that names no route', async () => {
  await scene.connect('generic', { handOffUrl: `${receiver.url}/routes`, webhookSecret: secret })
  const test = await tested('generic')
  expect(test).toMatchObject({ status: 'succeeded', message: 'The receiver took the signed test.' })
  expect(receiver.received.all).toMatchObject([{ id: test?.id, genuine: true, body: { type: 'test' } }])
  receiver.answer(500)
  expect(await tested('generic')).toMatchObject({
    status: 'failed',
    message: 'The receiver answers 500. See at the other end what became of the call, then try again.',
  })
  receiver.answer(200)
})

test('Samsara is asked with the company’s token, and nothing changes there', async () => {
  await scene.connect('samsara', { apiToken, apiUrl: samsara.url })
  expect(await tested('samsara')).toMatchObject({ status: 'succeeded' })
  expect(samsara.requests).toMatchObject([{ method: 'GET' }])
  expect(samsara.routes).toEqual([])
  await scene.connect('samsara', { apiToken: 'another', apiUrl: samsara.url })
  const refused = await tested('samsara')
  expect(refused?.status).toBe('failed')
  expect(refused?.message).toMatch(/Samsara answers 401.*Check the secret/)
})

test('an integration that has gone since the test was asked for is said to have gone', async () => {
  expect((await tested('generic'))?.message).toMatch(/^The integration with generic is gone/)
})
