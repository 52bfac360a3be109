import { type SmtpStandIn, startSmtpStandIn } from '../../dev/smtp/startSmtpStandIn'
import { answerOfSmtpError } from '../../integrations/smtp/smtpErrors'
import { smtpSender } from '../../integrations/smtp/smtpSender'

const joe = 'joe@example.com'

let smtp: SmtpStandIn
let sender: ReturnType<typeof smtpSender>
beforeAll(async () => {
  smtp = await startSmtpStandIn()
  sender = smtpSender({ url: smtp.url, from: 'Acme Rentals <dispatch@acme.example>', silentForMs: 300 })
})
afterAll(async () => {
  sender.close()
  await smtp.stop()
})
beforeEach(() => {
  smtp.clear()
  smtp.clearFaults()
})

interface MailChanges {
  address?: string
  subject?: string
  notificationId?: string
  html?: string | null
  unsubscribeLink?: string
}

function mail(changes: MailChanges = {}) {
  const body = { text: 'Your delivery is done.', html: '<p>Your delivery is done.</p>', unsubscribeLink: null }
  return { notificationId: 'n-1', address: joe, subject: 'Your delivery', ...body, ...changes }
}

test('a mail that the server takes is accepted, from the company to one recipient, in text and HTML', async () => {
  expect(await sender.send(mail())).toEqual({ outcome: 'accepted', providerId: null })
  expect(smtp.mails).toMatchObject([
    {
      from: 'dispatch@acme.example',
      to: [joe],
      envelope: { from: 'dispatch@acme.example', to: [joe] },
      subject: 'Your delivery',
      text: expect.stringContaining('Your delivery is done.'),
      html: expect.stringContaining('<p>Your delivery is done.</p>'),
      headers: { 'auto-submitted': 'auto-generated', 'x-notification-id': 'n-1' },
    },
  ])
})

test('a notification has one Message-ID for ever: sent twice, it is one mail to a mailbox', async () => {
  await sender.send(mail())
  await sender.send(mail())
  await sender.send(mail({ notificationId: 'n-2' }))
  expect(smtp.mails.map(({ messageId, deliveries }) => [messageId, deliveries])).toEqual([
    ['<n-n-1@acme.example>', 2],
    ['<n-n-2@acme.example>', 1],
  ])
})

test('a mailbox that does not exist is refused for good', async () => {
  smtp.fault({ kind: 'refuse_recipient', code: 550, to: joe })
  expect(await sender.send(mail())).toMatchObject({ outcome: 'permanent', code: '550', reason: 'invalid_address' })
})

test('a mail that is refused for what it says is refused for good', async () => {
  smtp.fault({ kind: 'refuse_data', code: 554 })
  expect(await sender.send(mail())).toMatchObject({ outcome: 'permanent', code: '554', reason: 'content_refused' })
})

test.each([
  ['552 5.2.2 Mailbox full', 'RCPT TO', 'unreachable', 'The mailbox is full.'],
  ['550 5.2.1 Disabled', 'RCPT TO', 'unreachable', 'The mailbox is switched off.'],
  ['550-5.1.1 No such user', 'RCPT TO', 'invalid_address', 'This mailbox does not exist: correct it on the contract.'],
  [
    '556 5.1.10 Null MX',
    'RCPT TO',
    'invalid_address',
    'This mail domain takes no mail at all: correct it on the contract.',
  ],
  [
    '550 5.7.26 Unauthenticated',
    'DATA',
    'provider_refused',
    'The sender’s domain lacks SPF, DKIM or DMARC: ask the operator.',
  ],
  ['550 5.7.99 Blocked by policy', 'RCPT TO', 'provider_refused', undefined],
  ['550 No such user', 'RCPT TO', 'invalid_address', undefined],
  ['553 Sender not allowed', 'MAIL FROM', 'provider_refused', undefined],
  ['554 Looks like spam', 'DATA', 'content_refused', undefined],
])('"%s" to %s means %s', (response, command, reason, reasonText) => {
  const error = Object.assign(new Error(response), { code: 'EENVELOPE', permanent: true, response, command })
  const answer = answerOfSmtpError(error)
  expect(answer).toMatchObject({ outcome: 'permanent', reason })
  expect('reasonText' in answer ? answer.reasonText : undefined).toBe(reasonText)
})

test.each([
  ['a busy mailbox', { kind: 'refuse_recipient', code: 450, to: joe }, '450'],
  ['a server that is busy after the mail', { kind: 'refuse_data', code: 451 }, '451'],
  ['a server with too many connections', { kind: 'refuse_connection' }, '421'],
] as const)('%s is tried later', async (_, fault, code) => {
  smtp.fault(fault)
  // Of its own, so that a connection is made.
  const fresh = smtpSender({ url: smtp.url, from: 'dispatch@acme.example', silentForMs: 300 })
  expect(await fresh.send(mail())).toMatchObject({ outcome: 'try_later', code, retryAfterMs: null })
  fresh.close()
})

test('a wrong password says nothing about the mail: it is tried later', () => {
  const error = Object.assign(new Error('535 no'), { code: 'EAUTH', responseCode: 535, permanent: true })
  expect(answerOfSmtpError(error)).toMatchObject({ outcome: 'try_later', code: '535' })
})

test('a refused connection is tried later', async () => {
  const gone = await startSmtpStandIn()
  await gone.stop()
  const lonely = smtpSender({ url: gone.url, from: 'dispatch@acme.example', silentForMs: 300 })
  expect(await lonely.send(mail())).toMatchObject({ outcome: 'try_later' })
  lonely.close()
})

test.each(['drop_after_data', 'silent_after_data'] as const)('%s leaves the outcome unknown', async (kind) => {
  smtp.fault({ kind })
  expect(await sender.send(mail())).toMatchObject({ outcome: 'unknown' })
  expect(smtp.mails).toHaveLength(1)
  // Sent again it is the same mail.
  expect(await sender.send(mail())).toMatchObject({ outcome: 'accepted' })
  expect(smtp.mails).toMatchObject([{ deliveries: 2 }])
})

test('behind a server that hangs a mail does not wait for its turn for ever', async () => {
  smtp.fault({ kind: 'silent_after_data', times: 100 })
  const began = Date.now()
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) => sender.send(mail({ notificationId: `h-${n}` }))),
  )
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']))
  expect(Date.now() - began).toBeLessThan(1_500)
})

test.each([
  'joe@example.com, evil@example.com',
  'joe@example.com>\r\nRCPT TO:<evil@example.com',
  'Joe <joe@example.com>, evil@example.com',
])('an address that smuggles another recipient reaches nobody: %j', async (address) => {
  expect(await sender.send(mail({ address }))).toMatchObject({ outcome: 'permanent', reason: 'invalid_address' })
  expect(smtp.mails).toEqual([])
})

test('a subject cannot become a header', async () => {
  await sender.send(mail({ subject: 'Hello\r\nBcc: evil@example.com\r\n\r\nBody' }))
  const [received] = smtp.mails
  expect(received?.envelope.to).toEqual([joe])
  expect(received?.headers).not.toHaveProperty('bcc')
  expect(received?.text).toContain('Your delivery is done.')
})

describe('a mail with an unsubscribe link', () => {
  // As long as the longest address makes it: no mail program follows a link that a line break has cut.
  const unsubscribeLink = `https://dispatch.example.com/u/${'aB3_-'.repeat(110)}`

  test('offers it to the mail program, whole, as one click', async () => {
    await sender.send(mail({ unsubscribeLink }))
    expect(smtp.mails[0]?.headers).toMatchObject({
      'list-unsubscribe': `<${unsubscribeLink}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    })
  })

  test('has it in the foot of its text and of its page', async () => {
    await sender.send(mail({ unsubscribeLink, html: '<html><body><p>Done: $& $1</p></body></html>' }))
    const [received] = smtp.mails
    expect(received?.text.trim()).toBe(`Your delivery is done.\n\nUnsubscribe from these emails: ${unsubscribeLink}`)
    expect(received?.html).toContain('<p>Done: $& $1</p><p><small><a')
    expect(received?.html).toContain(`<a href="${unsubscribeLink}">Unsubscribe</a>`)
    expect(received?.html).toMatch(/<\/p>\s*<\/body>/)
  })

  test('is one to a customer: a mail without one offers nothing', async () => {
    await sender.send(mail())
    const [received] = smtp.mails
    expect(Object.keys(received?.headers ?? {}).filter((name) => name.startsWith('list-'))).toEqual([])
    expect(`${received?.text}${received?.html}`).not.toMatch(/unsubscribe/i)
  })
})
