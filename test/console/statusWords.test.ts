import { statusWords } from '../../console/parts/statusWords'
import { failureReasons } from '../../domain/reasons'
import { notificationStatuses, suppressionReasons } from '../../domain/words'

test('every status has words and a sign of its own kind', () => {
  for (const status of notificationStatuses) {
    const { text, symbol } = statusWords({ status })
    expect({ status, text, length: symbol.length }).toEqual({
      status,
      text: expect.stringMatching(/^[A-Z]/),
      length: 1,
    })
  }
})

test.each(suppressionReasons)('a message that was not sent says why: %s', (reason) => {
  const { text } = statusWords({ status: 'suppressed', reason })
  expect(text).toMatch(/^Not sent: /)
  expect(text).not.toContain('_')
})

test.each(failureReasons)('a message that failed says why: %s', (reason) => {
  expect(statusWords({ status: 'failed', reason }).text).not.toMatch(/_|^Failed$/)
})

test('what nobody chose asks for attention; what was switched off does not', () => {
  expect(statusWords({ status: 'suppressed', reason: 'stale' }).tone).toBe('warning')
  expect(statusWords({ status: 'suppressed', reason: 'event_off' }).tone).toBe('quiet')
})
