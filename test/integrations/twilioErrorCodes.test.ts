import fc from 'fast-check'
import { failureReasons } from '../../domain/reasons'
import { receiptsUrl } from '../../integrations/twilio/receiptsUrl'
import { twilioErrorCodes, twilioFailure } from '../../integrations/twilio/twilioErrorCodes'
import { answerOfTwilioError } from '../../integrations/twilio/twilioErrors'

const aSentence = /^[A-Z][^\n]{9,159}\.$/
const kinds = fc.constantFrom('refused', 'failed', 'undelivered')

test('every code that Twilio may give, known or not, is told as one sentence with a reason of the closed list', () => {
  const known = fc.constantFrom(...Object.keys(twilioErrorCodes).map(Number))
  const anything = fc.oneof(
    known,
    fc.integer(),
    known.map(String),
    fc.string(),
    fc.constant(undefined),
    fc.constant(null),
  )
  fc.assert(
    fc.property(anything, kinds, (code, kind) => {
      const { reason, reasonText } = twilioFailure(code, kind)
      expect(failureReasons).toContain(reason)
      expect(reasonText).toMatch(aSentence)
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  [21610, 'opted_out', 'STOP'],
  [21211, 'invalid_address', 'no telephone number'],
  [21614, 'invalid_address', 'not a mobile phone'],
  [30003, 'unreachable', 'out of reach'],
  [30005, 'invalid_address', 'no longer in service'],
  [30006, 'unreachable', 'landline'],
  [30007, 'content_refused', 'spam'],
  [30008, 'unreachable', 'does not say why'],
])('%i is %s, and says so: %s', (code, reason, words) => {
  expect(twilioFailure(String(code), 'undelivered')).toMatchObject({
    reason,
    reasonText: expect.stringContaining(words),
  })
})

test('without a code a receipt says what it can: of the phone, or of the account', () => {
  expect(twilioFailure(undefined, 'undelivered')).toEqual({
    reason: 'unreachable',
    reasonText: 'The carrier did not deliver it.',
  })
  expect(twilioFailure(undefined, 'failed').reason).toBe('provider_refused')
  expect(twilioFailure(63099, 'failed').reasonText).toContain('error 63099, see twilio.com/docs/api/errors/63099')
})

test('that Twilio cannot use the address for receipts says nothing of the message: it is tried later', () => {
  const error = Object.assign(new Error('The StatusCallback URL is not a valid URL'), { status: 400, code: 21609 })
  expect(answerOfTwilioError(error)).toMatchObject({ outcome: 'try_later', code: '21609' })
})

describe('Twilio is told where to send receipts', () => {
  test.each(['https://dispatch.example.com', 'https://8.8.8.8:8443', 'https://dispatch.example.com/api'])(
    'at %s',
    (url) => {
      expect(receiptsUrl(url, null)).toBe(`${url}/v1/webhooks/twilio/status`)
    },
  )

  test.each([
    'http://dispatch.example.com',
    'https://localhost:3000',
    'https://api',
    'https://dispatch.internal',
    'https://my_host.example.com',
    'https://10.1.2.3',
    'https://192.168.0.7',
    'https://[::1]',
    'https://[fd00::1]',
  ])('not at %s, which it cannot reach, or would refuse the message for', (url) => {
    expect(receiptsUrl(url, null)).toBeNull()
  })

  test('at any address by a server in its place, which runs beside us', () => {
    expect(receiptsUrl('http://localhost:3000', 'http://127.0.0.1:4010')).toContain('http://localhost:3000/')
  })
})
