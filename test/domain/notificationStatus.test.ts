import { mayBecome, predecessorsOf, statusAfter } from '../../domain/notificationStatus'
import { type NotificationStatus, notificationStatuses } from '../../domain/words'
import { aNotification, attempt } from './facts'

/** `planned → held → sending → accepted → sent → delivered | undelivered | failed`, or `unknown`, or `suppressed`. */
const progress: Record<NotificationStatus, number> = {
  planned: 0,
  held: 1,
  sending: 2,
  unknown: 3,
  accepted: 4,
  sent: 5,
  delivered: 6,
  undelivered: 6,
  failed: 6,
  suppressed: 6,
}
const pairs = notificationStatuses.flatMap((from) => notificationStatuses.map((to) => [from, to] as const))

test.each(pairs.filter(([from, to]) => progress[to] <= progress[from]))('%s never becomes %s', (from, to) => {
  expect(mayBecome(from, to)).toBe(false)
})

test.each([
  ['planned', ['held', 'sending', 'suppressed']],
  ['held', ['sending', 'suppressed']],
  ['sending', ['accepted', 'sent', 'delivered', 'undelivered', 'failed', 'unknown', 'suppressed']],
  ['accepted', ['sent', 'delivered', 'undelivered', 'failed']],
  ['sent', ['delivered', 'undelivered', 'failed']],
  ['unknown', ['accepted', 'sent', 'delivered', 'undelivered', 'failed']],
  ['delivered', []],
  ['undelivered', []],
  ['failed', []],
  ['suppressed', []],
] as const)('%s becomes one of %j', (from, successors) => {
  expect(new Set(notificationStatuses.filter((to) => mayBecome(from, to)))).toEqual(new Set(successors))
})

test('a receipt moves what has left and is not settled, and nothing else', () => {
  expect(predecessorsOf('sent')).toEqual(['sending', 'accepted', 'unknown'])
  expect(predecessorsOf('delivered')).toEqual(['sending', 'accepted', 'sent', 'unknown'])
})

test.each([
  [null, 'send', 'planned'],
  [null, 'hold', 'held'],
  [null, 'suppress', 'suppressed'],
  ['planned', 'send', 'planned'],
  ['planned', 'hold', 'held'],
  ['planned', 'suppress', 'suppressed'],
  ['held', 'send', 'held'],
  ['held', 'hold', 'held'],
  ['held', 'suppress', 'suppressed'],
  ['sending', 'send', 'sending'],
  ['sending', 'hold', 'sending'],
  ['sending', 'suppress', 'suppressed'],
] as const)('a decision about one that is %s: %s makes it %s', (before, action, after) => {
  const lastAttempt = before === 'sending' ? attempt('try_later', 0, 1) : null
  expect(statusAfter(before === null ? null : aNotification({ status: before, lastAttempt }), action)).toBe(after)
})

test.each([null, 'unknown'] as const)(
  'an email that may be out (outcome %s) and is not to be sent again is unknown, not suppressed',
  (outcome) => {
    const email = aNotification({ channel: 'email', status: 'sending', lastAttempt: attempt(outcome, 0) })
    expect(statusAfter(email, 'suppress')).toBe('unknown')
    expect(statusAfter(email, 'send')).toBe('sending')
  },
)
