import { createTransport, type Transporter } from 'nodemailer'
import { type SmtpStandIn, startSmtpStandIn } from '../../dev/smtp/startSmtpStandIn'

let standIn: SmtpStandIn
let mailer: Transporter

beforeAll(async () => {
  standIn = await startSmtpStandIn()
  const { host, port } = standIn
  mailer = createTransport({ host, port, auth: { user: 'a', pass: 'b' }, socketTimeout: 300 })
})
afterAll(async () => {
  mailer.close()
  await standIn.stop()
})
beforeEach(() => {
  standIn.clear()
  standIn.clearFaults()
})

const mail = (changes: object = {}) => ({
  from: { name: 'Hagen Rental', address: 'dispatch@hagen.example' },
  to: { name: 'Ann Ünal', address: 'Ann@customer.example' },
  subject: 'Your delivery: Tuesday, 8–10 — Straße',
  text: 'We come on Tuesday.',
  html: '<p>We come on <b>Tuesday</b>.</p>',
  messageId: '<n-1@hagen.example>',
  headers: { 'X-Notification-Id': 'n-1', 'Auto-Submitted': 'auto-generated' },
  ...changes,
})

test('takes a mail from the real nodemailer and keeps it parsed', async () => {
  const info = await mailer.sendMail(mail())
  expect(info.accepted).toEqual(['Ann@customer.example'])
  const received = await standIn.waitFor(({ messageId }) => messageId === '<n-1@hagen.example>')
  expect(received).toMatchObject({
    from: 'dispatch@hagen.example',
    to: ['Ann@customer.example'],
    envelope: { from: 'dispatch@hagen.example', to: ['ann@customer.example'] },
    subject: 'Your delivery: Tuesday, 8–10 — Straße',
    text: 'We come on Tuesday.',
    html: '<p>We come on <b>Tuesday</b>.</p>',
    headers: { 'x-notification-id': 'n-1', 'auto-submitted': 'auto-generated' },
    deliveries: 1,
  })
  expect(Date.now() - received.receivedAt).toBeLessThan(5000)
})

test('collapses mails with one Message-ID like a mailbox, and counts the deliveries', async () => {
  await mailer.sendMail(mail())
  await mailer.sendMail(mail())
  await mailer.sendMail(mail({ messageId: '<n-2@hagen.example>' }))
  expect(standIn.mails.map(({ messageId, deliveries }) => [messageId, deliveries])).toEqual([
    ['<n-1@hagen.example>', 2],
    ['<n-2@hagen.example>', 1],
  ])
  expect(standIn.requests).toHaveLength(3)
})

describe('faults', () => {
  const to = 'ann@customer.example'

  test.each([550, 450] as const)('%i at RCPT TO, for this recipient alone', async (code) => {
    standIn.fault({ kind: 'refuse_recipient', code, to })
    await expect(mailer.sendMail(mail())).rejects.toMatchObject({
      code: 'EENVELOPE',
      responseCode: code,
      permanent: code === 550,
    })
    expect(standIn.requests).toMatchObject([{ to: [to], outcome: 'refuse_recipient' }])
    expect(standIn.mails).toHaveLength(0)
    await mailer.sendMail(mail({ to: 'bob@customer.example' }))
  })

  test.each([554, 451] as const)('%i after DATA', async (code) => {
    standIn.fault({ kind: 'refuse_data', code })
    await expect(mailer.sendMail(mail())).rejects.toMatchObject({ code: 'EMESSAGE', responseCode: code })
    expect(standIn.mails).toHaveLength(0)
    await mailer.sendMail(mail())
    expect(standIn.requests.map(({ outcome }) => outcome)).toEqual(['refuse_data', 'accepted'])
  })

  test('421 instead of a greeting', async () => {
    standIn.fault({ kind: 'refuse_connection' })
    await expect(mailer.sendMail(mail())).rejects.toMatchObject({ responseCode: 421, command: 'CONN' })
    expect(standIn.requests).toMatchObject([{ outcome: 'refuse_connection' }])
  })

  test('a connection dropped after DATA: the mail was taken, and a retry is the same mail', async () => {
    standIn.fault({ kind: 'drop_after_data', to, times: 1 })
    await expect(mailer.sendMail(mail())).rejects.toMatchObject({ code: 'ECONNECTION' })
    expect(standIn.mails).toHaveLength(1)
    await mailer.sendMail(mail())
    expect(standIn.mails).toMatchObject([{ deliveries: 2 }])
  })

  test('silence after DATA: the mail was taken', async () => {
    standIn.fault({ kind: 'silent_after_data' })
    await expect(mailer.sendMail(mail())).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    expect(standIn.mails).toHaveLength(1)
    expect(standIn.requests).toMatchObject([{ outcome: 'silent_after_data', messageId: '<n-1@hagen.example>' }])
  })

  test('are set by another process over HTTP, for an address in any case', async () => {
    const response = await fetch(`${standIn.pageUrl}/_stand-in/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'refuse_recipient', to: 'ANN@customer.example' }),
    })
    expect(response.status).toBe(204)
    await expect(mailer.sendMail(mail())).rejects.toMatchObject({ responseCode: 550 })
  })
})

test('shows what it received as a page, in which markup is text, and as JSON', async () => {
  await mailer.sendMail(mail({ subject: '<img src=x onerror=alert(1)>' }))
  const page = await (await fetch(standIn.pageUrl)).text()
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(page).not.toContain('<img')
  const messages = `${standIn.pageUrl}/_stand-in/messages`
  expect(await (await fetch(messages)).json()).toMatchObject([
    { subject: '<img src=x onerror=alert(1)>', deliveries: 1 },
  ])
  await fetch(messages, { method: 'DELETE' })
  expect(standIn.mails).toHaveLength(0)
})

test('says so when its port is taken', async () => {
  const { port } = standIn
  await expect(startSmtpStandIn({ port })).rejects.toThrow(new RegExp(`127\\.0\\.0\\.1:${port}: .*EADDRINUSE`))
})

test('stops at once while a client is connected', async () => {
  const other = await startSmtpStandIn()
  other.fault({ kind: 'silent_after_data' })
  const client = createTransport({ host: other.host, port: other.port })
  const sending = client.sendMail(mail())
  sending.catch(() => {})
  await other.waitForRequest(({ outcome }) => outcome === 'silent_after_data')
  await other.stop()
  await expect(sending).rejects.toMatchObject({ code: 'ECONNECTION' })
})
