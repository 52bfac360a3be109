import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { type ProductProcesses, startProduct } from '../../dev/productProcesses'
import { type SmtpStandIn, startSmtpStandIn } from '../../dev/smtp/startSmtpStandIn'
import { startTwilioStandIn, type TwilioStandIn } from '../../dev/twilio/startTwilioStandIn'
import { events } from '../../domain/words'
import { type FreshDatabase, freshDatabase, testEnvironment } from '../setup/freshDatabase'
import { freshNamespace } from '../setup/freshNamespace'
import { type HandOffReceiverStandIn, startHandOffReceiver } from '../setup/handOffReceiver'

const account = { accountSid: `AC${'e'.repeat(32)}`, authToken: 'auth token of the end-to-end test' }
let database: FreshDatabase
let twilio: TwilioStandIn
let smtp: SmtpStandIn
let product: ProductProcesses
let vendor: HandOffReceiverStandIn
const secret = Buffer.from(randomUUID()).toString('base64')

beforeAll(async () => {
  database = await freshDatabase()
  twilio = await startTwilioStandIn({ ...account, callbacks: true })
  smtp = await startSmtpStandIn()
  vendor = await startHandOffReceiver(secret)
  product = await startProduct(
    {
      databaseUrl: database.url,
      temporal: await freshNamespace(),
      twilio: { ...account, url: twilio.url },
      smtpUrl: smtp.url,
    },
    testEnvironment('TEST_WORKFLOW_BUNDLE'),
  )
}, 90_000)

afterAll(async () => {
  await product.stop()
  await Promise.all([twilio.stop(), smtp.stop(), vendor.stop(), database[Symbol.asyncDispose]()])
})

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${product.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${product.adminKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

test('API, worker, Temporal, PostgreSQL and providers, each a process of its own, tell two customers of their stops', async () => {
  const company = `acme-${randomUUID().slice(0, 8)}`
  await call('PUT', `/companies/${company}`, { name: 'Acme' })
  await call('PUT', `/companies/${company}/settings`, {
    customerNotifications: true,
    smsEnabled: true,
    quietHours: null,
    events: Object.fromEntries(events.map((event) => [event, { enabled: true }])),
    confirmation: { sameDayDelayMinutes: 0 },
    arrivals: { dwellSeconds: 0 },
  })
  await call('PUT', `/companies/${company}/integrations/generic`, { webhookSecret: secret, handOffUrl: vendor.url })
  await call('PUT', `/companies/${company}/trucks/T1`, {
    name: 'Truck 1',
    device: { vendor: 'generic', deviceId: 'gps-1' },
  })
  const told = (method: string, address: string) => ({ method, address, events })
  await call('PUT', `/companies/${company}/contracts/C-1`, {
    customer: { name: 'Ann' },
    deliveryNotifications: [told('sms', '+15125550101'), told('email', 'ann@example.com')],
  })
  await call('PUT', `/companies/${company}/contracts/C-2`, {
    customer: { name: 'Bob' },
    deliveryNotifications: [told('sms', '+15125550102')],
  })
  const now = new Date()
  const stop = (stopId: string, contract: string) => ({
    stopId,
    kind: 'delivery',
    scheduledAt: now.toISOString(),
    address: '1 Main St',
    contracts: [contract],
    geofence: { id: `yard-${stopId}` },
  })
  await call('PUT', `/companies/${company}/routes/r1`, {
    name: 'North',
    serviceDate: now.toISOString().slice(0, 10),
    truckId: 'T1',
    stops: [stop('s1', 'C-1'), stop('s2', 'C-2')],
  })
  expect((await call('POST', `/companies/${company}/routes/r1/confirm`)).status).toBe(202)
  const text = (to: string, part: string) =>
    twilio.waitFor(({ to: sentTo, body }) => sentTo === to && body.includes(part), 20_000)
  await Promise.all([text('+15125550101', 'is set for'), text('+15125550102', 'is set for')])

  expect(await vendor.received.waitFor(({ body }) => body.routeId === 'r1')).toMatchObject({
    genuine: true,
    body: { type: 'route.dispatched', deviceId: 'gps-1', stops: [{ stopId: 's1' }, { stopId: 's2' }] },
  })

  const gps = async (kind: string, geofenceId: string) => {
    const id = `msg_${randomUUID()}`
    const body = JSON.stringify({
      eventId: id,
      deviceId: 'gps-1',
      kind,
      geofenceId,
      occurredAt: new Date().toISOString(),
    })
    const now = new Date()
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    }
    const response = await fetch(`${product.url}/v1/webhooks/generic/${company}`, { method: 'POST', headers, body })
    expect(response.status).toBe(202)
  }
  await gps('enter', 'yard-s1')
  await text('+15125550101', 'has arrived')
  await gps('exit', 'yard-s1')
  await text('+15125550101', 'is done')
  await gps('arrived', 'yard-s2')
  await text('+15125550102', 'has arrived')
  await gps('departed', 'yard-s2')
  await text('+15125550102', 'is done')

  await smtp.waitFor(({ subject }) => subject.includes('is done'), 20_000)
  await twilio.waitFor(
    ({ to, body, callbacks }) =>
      to === '+15125550102' && body.includes('is done') && callbacks.some(({ status }) => status === 'delivered'),
  )
  const { body: route } = await call('GET', `/companies/${company}/routes/r1`)
  expect(route.status).toBe('completed')
  const { body: handOff } = await call('GET', `/companies/${company}/routes/r1/hand-off`)
  expect(handOff).toMatchObject({ state: 'handed_over', handOffs: [{ attempts: [{ outcome: 'accepted' }] }] })
  expect(twilio.requests).toHaveLength(6)
  expect(smtp.mails.map(({ deliveries }) => deliveries)).toEqual([1, 1, 1])
  const { body: page } = await call('GET', `/companies/${company}/notifications?channel=sms`)
  expect(page.items.map(({ status }: { status: string }) => status)).toEqual(Array(6).fill('delivered'))
})
