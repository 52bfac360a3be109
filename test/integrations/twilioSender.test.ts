import { createServer as createTcpServer } from 'node:net'
import { startTwilioStandIn, type TwilioStandIn } from '../../dev/twilio/startTwilioStandIn'
import { twilioSender } from '../../integrations/twilio/twilioSender'

const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'token of the stand-in' }
const patience = { connectMs: 150, answerMs: 300 }
const ann = '+15125550101'

let twilio: TwilioStandIn
beforeAll(async () => {
  twilio = await startTwilioStandIn(account)
})
afterAll(() => twilio.stop())
beforeEach(() => {
  twilio.clear()
  twilio.clearFaults()
})

function senderAt(apiUrl: string, changes: Partial<Parameters<typeof twilioSender>[0]> = {}) {
  const publicUrl = 'https://dispatch.example.com'
  return twilioSender({ ...account, apiUrl, publicUrl, sender: { from: '+15005550006' }, patience, ...changes })
}

function text(address = ann, body = 'The truck has arrived.', notificationId = 'n-1') {
  return { notificationId, address, subject: null, text: body, html: null, unsubscribeLink: null }
}

const now = () => Date.now()
const nothingKnown = new Set<string>()

test('a text that Twilio takes is accepted, and its receipts name the notification', async () => {
  const answer = await senderAt(twilio.url).send(text())
  const [received] = twilio.received
  expect(answer).toEqual({ outcome: 'accepted', providerId: received?.sid })
  expect(received).toMatchObject({
    to: ann,
    from: '+15005550006',
    body: 'The truck has arrived.',
    statusCallback: 'https://dispatch.example.com/v1/webhooks/twilio/status?n=n-1',
  })
})

test('with a Messaging Service the sender is left to Twilio', async () => {
  const messagingServiceSid = `MG${'a'.repeat(32)}`
  await senderAt(twilio.url, { sender: { messagingServiceSid } }).send(text())
  expect(twilio.received).toMatchObject([{ messagingServiceSid, from: null }])
})

test.each([
  ['+15005550001', '21211', 'invalid_address'],
  ['+15005550009', '21614', 'invalid_address'],
  ['+15005550004', '21610', 'opted_out'],
  ['+15005550002', '21612', 'provider_refused'],
  ['+15005550003', '21408', 'provider_refused'],
])('a text to %s is refused for good (%s: %s)', async (to, code, reason) => {
  expect(await senderAt(twilio.url).send(text(to))).toMatchObject({ outcome: 'permanent', code, reason })
})

test.each([
  [21635, 'unreachable'],
  [21602, 'content_refused'],
  [21606, 'provider_refused'],
] as const)('Twilio error %i is permanent: %s', async (code, reason) => {
  twilio.fault({ kind: 'refuse', code })
  expect(await senderAt(twilio.url).send(text())).toMatchObject({ outcome: 'permanent', code: String(code), reason })
})

test('a full queue of the sender is tried later', async () => {
  twilio.fault({ kind: 'refuse', code: 21611 })
  expect(await senderAt(twilio.url).send(text())).toMatchObject({ outcome: 'try_later', retryAfterMs: null })
})

test('429 is tried after the time that Twilio asks for', async () => {
  twilio.fault({ kind: 'rate_limited', retryAfterSeconds: 7 })
  expect(await senderAt(twilio.url).send(text())).toMatchObject({ outcome: 'try_later', retryAfterMs: 7_000 })
})

test('429 that allows to try at once is tried after a second, not in a loop', async () => {
  twilio.fault({ kind: 'rate_limited', retryAfterSeconds: 0 })
  expect(await senderAt(twilio.url).send(text())).toMatchObject({ outcome: 'try_later', retryAfterMs: 1_000 })
})

test('a wrong password says nothing about the text: it is tried later', async () => {
  const answer = await senderAt(twilio.url, { authToken: 'wrong' }).send(text())
  expect(answer).toMatchObject({ outcome: 'try_later', code: '20003' })
})

test.each([500, 503] as const)('after %i nobody knows whether the text went out', async (status) => {
  twilio.fault({ kind: 'server_error', status })
  expect(await senderAt(twilio.url).send(text())).toMatchObject({ outcome: 'unknown' })
})

test('without an answer in time nobody knows whether the text went out', async () => {
  twilio.fault({ kind: 'hang' })
  expect(await senderAt(twilio.url).send(text())).toMatchObject({ outcome: 'unknown', code: 'ECONNABORTED' })
})

test('a refused connection is tried later: the text cannot have left', async () => {
  const gone = await startTwilioStandIn(account)
  await gone.stop()
  expect(await senderAt(gone.url).send(text())).toMatchObject({ outcome: 'try_later', code: 'ECONNREFUSED' })
})

test('a connection that does not come about in time is tried later: the text cannot have left', async () => {
  // It takes connections and never says a word, so TLS never begins: what a firewall that drops packets looks like.
  const silent = createTcpServer(() => {}).listen(0, '127.0.0.1')
  await new Promise((listening) => silent.once('listening', listening))
  const address = silent.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const answer = await senderAt(`https://127.0.0.1:${port}`).send(text())
  silent.close()
  expect(answer).toMatchObject({ outcome: 'try_later', code: 'ECONNECTTIMEOUT' })
})

test('a text whose answer was lost on the way is found, exactly once', async () => {
  twilio.fault({ kind: 'drop_after_accept' })
  const sender = senderAt(twilio.url)
  const calledAt = now()
  expect(await sender.send(text())).toMatchObject({ outcome: 'unknown' })

  const sought = { address: ann, text: text().text, calledAt }
  const [found] = await sender.find({ ...sought, known: nothingKnown })
  expect(found).toMatchObject({ providerId: twilio.received[0]?.sid, reason: null })
  expect(await sender.find({ ...sought, known: new Set([String(found?.providerId)]) })).toEqual([])
  expect(twilio.requests).toHaveLength(1)
})

test('a text that never got through is not found, though an equal one, another number or an older text is there', async () => {
  const sender = senderAt(twilio.url)
  const equal = await sender.send(text(ann, 'Same words.', 'n-1'))
  await sender.send(text('+15125550102', 'Same words.', 'n-2'))
  await sender.send(text(ann, 'Other words.', 'n-3'))
  twilio.fault({ kind: 'server_error' })
  await sender.send(text(ann, 'Same words.', 'n-4'))

  const sought = { address: ann, text: 'Same words.', calledAt: now() }
  const known = new Set(equal.outcome === 'accepted' ? [String(equal.providerId)] : [])
  expect(known.size).toBe(1)
  expect(await sender.find({ ...sought, known })).toEqual([])
  // Older or newer than any call and any difference between Twilio's clock and ours.
  for (const apart of [200_000, -200_000])
    expect(await sender.find({ ...sought, calledAt: now() + apart, known: nothingKnown })).toEqual([])
})

test('a text is found although Twilio wrote its quotes and dashes in plain letters', async () => {
  const sender = senderAt(twilio.url)
  await sender.send(text(ann, "Ann's truck - 9:00-10:00"))
  const sought = { address: ann, text: 'Ann’s truck – 9:00–10:00', calledAt: now(), known: nothingKnown }
  expect(await sender.find(sought)).toHaveLength(1)
})

test('a text that is found tells how far it has come, and why it failed', async () => {
  const sender = senderAt(twilio.url)
  twilio.fault({ kind: 'undelivered', errorCode: 30007 })
  await sender.send(text())
  await twilio.waitFor(({ status }) => status === 'undelivered')
  const sought = { address: ann, text: text().text, calledAt: now(), known: nothingKnown }
  expect(await sender.find(sought)).toMatchObject([{ status: 'undelivered', code: '30007', reason: 'content_refused' }])
})

test('a look-up that Twilio does not answer is an error, not a "not found"', async () => {
  twilio.fault({ kind: 'server_error', on: 'read' })
  const sought = { address: ann, text: 'x', calledAt: now(), known: nothingKnown }
  await expect(senderAt(twilio.url).find(sought)).rejects.toMatchObject({ status: 500 })
})

test('what a message says cannot become another parameter of the request', async () => {
  const body = 'Hello&To=+15125550999\r\nTo: +15125550999 & "quotes" <b>'
  await senderAt(twilio.url).send(text(ann, body))
  expect(twilio.received).toMatchObject([{ to: ann, body }])
})
