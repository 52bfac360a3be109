import { createServer } from 'node:http'
import twilio, { RequestClient, validateRequest } from 'twilio'
import { listen } from '../../dev/listen'
import { twilioSignature } from '../../dev/twilio/signature'
import { startTwilioStandIn, type TwilioStandIn } from '../../dev/twilio/startTwilioStandIn'

const accountSid = `AC${'1'.repeat(32)}`
const authToken = 'a-token'
const from = '+15005550006'
const to = '+13125550111'

/** The real HTTP client of the twilio package, sent to the stand-in's address. */
class RedirectedClient extends RequestClient {
  constructor(private readonly base: string) {
    super({ timeout: 1000 })
  }

  override request<T>(options: Parameters<typeof RequestClient.prototype.request<T>>[0]) {
    return super.request<T>(
      Object.assign({}, options, { uri: options.uri.replace('https://api.twilio.com', this.base) }),
    )
  }
}

let standIn: TwilioStandIn
let client: twilio.Twilio

function clientWith(token: string) {
  return twilio(accountSid, token, { httpClient: new RedirectedClient(standIn.url) })
}

beforeAll(async () => {
  standIn = await startTwilioStandIn({ accountSid, authToken, callbacks: true, stepMs: 1 })
  client = clientWith(authToken)
})
afterAll(() => standIn.stop())
beforeEach(() => {
  standIn.clear()
  standIn.clearFaults()
})

test('takes a text from the real client and carries it to delivered', async () => {
  const created = await client.messages.create({ to, from, body: 'Your delivery is on its way' })
  expect(created.sid).toMatch(/^SM[0-9a-f]{32}$/)
  expect(created).toMatchObject({ status: 'queued', direction: 'outbound-api', numSegments: '1', errorCode: null })
  expect(Date.now() - created.dateCreated.getTime()).toBeLessThan(5000)
  await standIn.waitFor((text) => text.sid === created.sid && text.status === 'delivered')
  const fetched = await client.messages(created.sid).fetch()
  expect(fetched).toMatchObject({ status: 'delivered', to, from, body: 'Your delivery is on its way' })
  expect(fetched.dateSent).toBeInstanceOf(Date)
})

test('accepts with a Messaging Service, which chooses the sender later', async () => {
  const created = await client.messages.create({ to, messagingServiceSid: `MG${'2'.repeat(32)}`, body: 'Hello' })
  expect(created).toMatchObject({ status: 'accepted', from: null })
  await standIn.waitFor((text) => text.status === 'delivered' && text.from !== null)
})

test('refuses a wrong token', async () => {
  await expect(clientWith('wrong').messages.create({ to, from, body: 'x' })).rejects.toMatchObject({
    status: 401,
    code: 20003,
  })
  expect(standIn.received).toHaveLength(0)
})

test.each([
  { why: 'an invalid number', code: 21211, message: { to: '+15005550001', from, body: 'x' } },
  { why: 'a number that cannot be routed to', code: 21612, message: { to: '+15005550002', from, body: 'x' } },
  { why: 'a region that is not enabled', code: 21408, message: { to: '+15005550003', from, body: 'x' } },
  { why: 'a number that opted out', code: 21610, message: { to: '+15005550004', from, body: 'x' } },
  { why: 'a number that takes no texts', code: 21614, message: { to: '+15005550009', from, body: 'x' } },
  { why: 'an invalid sender', code: 21212, message: { to, from: '+15005550001', body: 'x' } },
  { why: 'a sender of somebody else', code: 21606, message: { to, from: '+15005550007', body: 'x' } },
  { why: 'a sender whose queue is full', code: 21611, message: { to, from: '+15005550008', body: 'x' } },
  { why: 'a number that is not E.164', code: 21211, message: { to: '555', from, body: 'x' } },
  { why: 'no sender', code: 21603, message: { to, body: 'x' } },
  { why: 'no body', code: 21602, message: { to, from } },
  { why: 'a body of 1601 characters', code: 21617, message: { to, from, body: 'x'.repeat(1601) } },
  { why: 'a relative callback', code: 21609, message: { to, from, body: 'x', statusCallback: '/relative' } },
  { why: 'an unknown service', code: 21701, message: { to, messagingServiceSid: 'MG1', body: 'x' } },
])('refuses $why with $code', async ({ code, message }) => {
  await expect(client.messages.create(message)).rejects.toMatchObject({
    status: 400,
    code,
    moreInfo: `https://www.twilio.com/docs/errors/${code}`,
  })
  expect(standIn.received).toHaveLength(0)
  expect(standIn.requests).toMatchObject([{ outcome: String(code) }])
})

test('refuses a form without To with 21604, and what it does not have with 20404', async () => {
  const headers = { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` }
  const messages = `${standIn.url}/2010-04-01/Accounts/${accountSid}/Messages.json`
  const response = await fetch(messages, { method: 'POST', headers, body: new URLSearchParams({ From: from }) })
  expect(await response.json()).toMatchObject({ code: 21604, status: 400 })
  await expect(client.messages('SM00').fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
})

test('lists newest first, a page at a time, by recipient, sender and date sent', async () => {
  for (const body of ['1', '2', '3', '4', '5']) await client.messages.create({ to, from, body })
  await client.messages.create({ to: '+13125550112', from, body: 'somebody else' })
  await standIn.waitFor(() => standIn.received.every(({ status }) => status === 'delivered'))
  const bodies = async (options: Parameters<typeof client.messages.list>[0]) =>
    (await client.messages.list(options)).map(({ body }) => body)
  expect(await bodies({ to, pageSize: 2 })).toEqual(['5', '4', '3', '2', '1'])
  expect(await bodies({ to, limit: 3 })).toEqual(['5', '4', '3'])
  expect(await bodies({ from: '+15005550005' })).toEqual([])
  const now = Date.now()
  expect(await bodies({ to, dateSentAfter: new Date(now - 60_000) })).toHaveLength(5)
  expect(await bodies({ to, dateSentBefore: new Date(now - 60_000) })).toHaveLength(0)
  expect(await bodies({ to, dateSent: new Date(now - 60_000) })).toHaveLength(0)
})

test('does not find a text by its date sent while it is still queued', async () => {
  standIn.fault({ kind: 'stuck', to })
  await client.messages.create({ to, from, body: 'stuck' })
  expect(await client.messages.list({ to })).toHaveLength(1)
  expect(await client.messages.list({ to, dateSentAfter: new Date(0) })).toHaveLength(0)
})

test('redacts a text on an update with an empty body', async () => {
  const { sid } = await client.messages.create({ to, from, body: 'Order 7 for Ann' })
  expect(await client.messages(sid).update({ body: '' })).toMatchObject({ sid, body: '' })
  expect((await client.messages(sid).fetch()).body).toBe('')
  await expect(client.messages(sid).update({ body: 'changed' })).rejects.toMatchObject({ code: 20001 })
})

describe('status callbacks', () => {
  test('are signed, in order, and carry the error code of a text that did not arrive', async () => {
    const received: Record<string, string>[] = []
    const receiver = await listen('The receiver', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const parameters = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
        const signature = String(request.headers['x-twilio-signature'])
        const genuine = validateRequest(authToken, signature, `${receiver.url}${request.url}`, parameters)
        received.push({ ...parameters, genuine: String(genuine), url: String(request.url) })
        response.writeHead(204).end()
      })
    })
    const statusCallback = `${receiver.url}/status?n=7#rc=3`
    await client.messages.create({ to, from, body: 'Arrives', statusCallback })
    standIn.fault({ kind: 'undelivered', errorCode: 30005, to: '+13125550113' })
    await client.messages.create({ to: '+13125550113', from, body: 'Does not', statusCallback })
    await standIn.waitFor((text) => text.body === 'Arrives' && text.callbacks.length === 2)
    const lost = await standIn.waitFor((text) => text.body === 'Does not' && text.callbacks.length === 2)
    await receiver.stop()

    expect(received).toHaveLength(4)
    for (const each of received)
      expect(each).toMatchObject({ genuine: 'true', url: '/status?n=7', AccountSid: accountSid })
    const statuses = (wanted: string) =>
      received.filter(({ To }) => To === wanted).map(({ MessageStatus }) => MessageStatus)
    expect(statuses(to)).toEqual(['sent', 'delivered'])
    expect(statuses('+13125550113')).toEqual(['sent', 'undelivered'])
    expect(received.find(({ MessageStatus }) => MessageStatus === 'undelivered')).toMatchObject({ ErrorCode: '30005' })
    expect(lost).toMatchObject({
      status: 'undelivered',
      errorCode: 30005,
      callbacks: [{ answer: 204 }, { answer: 204 }],
    })
  })

  test('that nobody takes do not stop the text', async () => {
    await client.messages.create({ to, from, body: 'x', statusCallback: 'http://127.0.0.1:1/' })
    const text = await standIn.waitFor(({ callbacks }) => callbacks.length === 2)
    expect(text.status).toBe('delivered')
    expect(typeof text.callbacks[0]?.answer).toBe('string')
  })

  test('have the signature of the known vector', () => {
    const url = 'https://example.com/api/v1/webhooks/twilio/status?n=1'
    const parameters = { To: '+15551234567', MessageSid: 'SM1', MessageStatus: 'delivered' }
    expect(twilioSignature('tok', url, parameters)).toBe('Fw39v+g3mM5cD2bAc6LQgw8cIiw=')
  })
})

describe('faults', () => {
  const send = (body = 'x') => client.messages.create({ to, from, body })

  test('429 once, then all is well', async () => {
    standIn.fault({ kind: 'rate_limited', retryAfterSeconds: 3 })
    await expect(send()).rejects.toMatchObject({ status: 429, code: 20429 })
    await send()
    expect(standIn.requests.map(({ outcome }) => outcome)).toEqual(['rate_limited', 'accepted'])
    expect(standIn.received).toHaveLength(1)
  })

  test('503 for one number for ever, whether the text was taken or not', async () => {
    standIn.fault({ kind: 'server_error', status: 503, to, times: 1 })
    standIn.fault({ kind: 'server_error', to, accepted: true })
    await expect(send()).rejects.toMatchObject({ status: 503, code: 20503 })
    expect(standIn.received).toHaveLength(0)
    await expect(send()).rejects.toMatchObject({ status: 500 })
    await expect(send()).rejects.toMatchObject({ status: 500 })
    expect(standIn.received).toHaveLength(2)
    await client.messages.create({ to: '+13125550112', from, body: 'x' })
  })

  test('a hang ends in the client’s own timeout', async () => {
    standIn.fault({ kind: 'hang' })
    await expect(send()).rejects.toMatchObject({ code: 'ECONNABORTED' })
    expect(standIn.received).toHaveLength(0)
    expect(standIn.requests).toMatchObject([{ outcome: 'hang', to }])
  })

  test('a dropped connection after the text was taken', async () => {
    standIn.fault({ kind: 'drop_after_accept' })
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(standIn.received).toHaveLength(1)
    expect(standIn.requests).toMatchObject([{ outcome: 'drop_after_accept', sid: standIn.received[0]?.sid }])
  })

  test('a slow answer', async () => {
    standIn.fault({ kind: 'slow', delayMs: 50 })
    const started = performance.now()
    await send()
    expect(performance.now() - started).toBeGreaterThanOrEqual(49)
  })

  test('a refusal by choice, and one of reading', async () => {
    standIn.fault({ kind: 'refuse', code: 21635, to })
    await expect(send()).rejects.toMatchObject({ code: 21635 })
    standIn.fault({ kind: 'server_error', on: 'read' })
    await expect(client.messages.list({ to })).rejects.toMatchObject({ status: 500 })
    expect(await client.messages.list({ to })).toEqual([])
  })

  test('are set and cleared by another process over HTTP', async () => {
    const faults = `${standIn.url}/_stand-in/faults`
    const post = (body: unknown) =>
      fetch(faults, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    expect((await post({ kind: 'rate_limited', to })).status).toBe(204)
    await expect(send()).rejects.toMatchObject({ status: 429 })
    expect((await fetch(faults, { method: 'DELETE' })).status).toBe(204)
    await send()
    const malformed = await post({ kind: 'slow', delay: 5 })
    expect(malformed.status).toBe(422)
    expect(await malformed.json()).toEqual({
      problems: [expect.stringContaining('delayMs'), expect.stringContaining('delay')],
    })
  })
})

test('shows what it received as a page, in which markup is text, and as JSON', async () => {
  await client.messages.create({ to, from, body: '<script>alert("x")</script> & more' })
  const page = await (await fetch(standIn.url)).text()
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more')
  expect(page).not.toContain('<script>')
  const messages = `${standIn.url}/_stand-in/messages`
  expect(await (await fetch(messages)).json()).toMatchObject([{ to, body: '<script>alert("x")</script> & more' }])
  expect(await (await fetch(`${standIn.url}/_stand-in/requests`)).json()).toMatchObject([{ to, outcome: 'accepted' }])
  await fetch(messages, { method: 'DELETE' })
  expect(standIn.received).toHaveLength(0)
})

test('waits for what arrives later, and says what came instead', async () => {
  const later = standIn.waitFor(({ body }) => body === 'later')
  await client.messages.create({ to, from, body: 'later' })
  expect((await later).to).toBe(to)
  await expect(standIn.waitFor(({ body }) => body === 'never', 5)).rejects.toThrow(
    /within 5 ms\. Received: \n {2}to \+13125550111/,
  )
})

test('says so when its port is taken, and frees it when it stops, with a request still hanging', async () => {
  const other = await startTwilioStandIn({ accountSid, authToken })
  const port = Number(new URL(other.url).port)
  await expect(startTwilioStandIn({ accountSid, authToken, port })).rejects.toThrow(/127\.0\.0\.1:\d+.*EADDRINUSE/)
  other.fault({ kind: 'hang' })
  const headers = { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` }
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`
  const form = new URLSearchParams({ To: to, From: from, Body: 'x' })
  const hanging = fetch(`${other.url}${path}`, { method: 'POST', headers, body: form })
  hanging.catch(() => {})
  await other.waitForRequest(({ outcome }) => outcome === 'hang')
  await other.stop()
  await expect(hanging).rejects.toThrow()
  const next = createServer()
  await new Promise<void>((resolve, reject) => next.once('error', reject).listen(port, '127.0.0.1', resolve))
  await new Promise((resolve) => next.close(resolve))
})
