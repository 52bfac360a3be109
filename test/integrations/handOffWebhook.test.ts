import { randomBytes, randomUUID } from 'node:crypto'
import { listen } from '../../dev/listen'
import type { HandOffCall } from '../../domain/handOffReceiver'
import { vendorAddressProblem } from '../../domain/vendorAddress'
import { webhookReceiver } from '../../integrations/generic-webhook/webhookReceiver'
import { type HandOffReceiverStandIn, startHandOffReceiver } from '../setup/handOffReceiver'

const secret = `whsec_${randomBytes(24).toString('base64')}`
let receiver: HandOffReceiverStandIn
beforeAll(async () => {
  receiver = await startHandOffReceiver(secret)
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

const call: HandOffCall = {
  handOffId: randomUUID(),
  revision: 3,
  action: 'hand_over',
  document: { routeId: 'r1', name: 'North', serviceDate: '2026-12-02', truckId: 'T1', deviceId: 'd1', stops: [] },
  isRepeated: false,
}

const at = (handOffUrl: string, changes = {}) =>
  webhookReceiver({ handOffUrl, webhookSecret: secret, answerMs: 300, ...changes })

test('posts the route, signed as the reference library of Standard Webhooks verifies it', async () => {
  expect(await at(receiver.url).tell(call)).toEqual({ outcome: 'accepted', vendorRouteId: null })
  expect(receiver.received.all).toEqual([
    {
      id: `${call.handOffId}-3`,
      genuine: true,
      status: 200,
      body: {
        type: 'route.dispatched',
        routeId: 'r1',
        serviceDate: '2026-12-02',
        truckId: 'T1',
        deviceId: 'd1',
        stops: [],
      },
    },
  ])
})

test('a secret without its prefix signs the same; another one does not', async () => {
  await at(receiver.url, { webhookSecret: secret.replace('whsec_', '') }).tell(call)
  await at(receiver.url, { webhookSecret: randomBytes(24).toString('base64') }).tell(call)
  expect(receiver.received.all.map(({ genuine }) => genuine)).toEqual([true, false])
})

test('a repeated delivery has the same id, a withdrawal another one', async () => {
  await at(receiver.url).tell(call)
  await at(receiver.url).tell({ ...call, isRepeated: true })
  await at(receiver.url).tell({ ...call, action: 'withdraw', revision: 4 })
  expect(receiver.taken.map(({ body }) => body.type)).toEqual(['route.dispatched', 'route.withdrawn'])
  expect(receiver.received.all).toHaveLength(3)
})

test.each([
  [500, { outcome: 'unknown', code: '500' }],
  [503, { outcome: 'unknown', code: '503' }],
  [410, { outcome: 'refused', code: '410', message: 'The receiver answers 410.' }],
  [401, { outcome: 'refused', code: '401' }],
  [
    { status: 429, retryAfter: '7' },
    { outcome: 'try_later', retryAfterMs: 7_000 },
  ],
  [
    { status: 429, retryAfter: 'soon' },
    { outcome: 'try_later', retryAfterMs: null },
  ],
  ['hang', { outcome: 'unknown', code: 'timeout' }],
] as const)('what %p means', async (mood, answer) => {
  receiver.answer(mood)
  expect(await at(receiver.url).tell(call)).toMatchObject(answer)
})

test('a redirect is not followed: nothing goes where nobody configured', async () => {
  const elsewhere = await startHandOffReceiver(secret)
  receiver.answer({ redirectTo: elsewhere.url })
  const answer = await at(receiver.url)
    .tell(call)
    .finally(() => elsewhere.stop())
  expect(answer).toMatchObject({ outcome: 'refused', code: '307' })
  expect(elsewhere.received.all).toEqual([])
})

test('an answer without an end is not read to its end', async () => {
  const endless = await listen('An endless server', (_request, response) => {
    response.writeHead(200)
    const write = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', write)
    write()
  })
  const answer = await at(endless.url, { answerMs: 5_000 })
    .tell(call)
    .finally(() => endless.stop())
  expect(answer).toEqual({ outcome: 'accepted', vendorRouteId: null })
})

test.each([
  ['https://tso.example/in', null],
  ['http://127.0.0.1:8080/in', null],
  ['http://localhost/in', null],
  ['http://[::1]:1/in', null],
  ['http://tso.example/in', 'must begin with https://; http:// is for localhost alone'],
  ['http://127.0.0.1.evil.example/', 'must begin with https://; http:// is for localhost alone'],
  ['http://169.254.169.254/latest', 'must begin with https://; http:// is for localhost alone'],
  ['ftp://tso.example/', 'must begin with https://; http:// is for localhost alone'],
  ['https://user:pass@tso.example/', 'must not hold a user name or password'],
  ['tso.example', 'must be a URL, such as https://telematics.example.com/routes'],
])('the address %s', (address, problem) => {
  expect(vendorAddressProblem(address)).toBe(problem)
})

test('an address that was stored before the rule is not called', async () => {
  expect(await at('http://192.0.2.1/').tell(call)).toMatchObject({ outcome: 'try_later', code: 'address_not_allowed' })
})
