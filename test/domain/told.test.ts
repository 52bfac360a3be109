import type { NotificationRecord } from '../../domain/facts'
import { hasMoved, isDoubtful, isOpen, isUnknown, toldOf, wasTold } from '../../domain/told'
import { notificationStatuses } from '../../domain/words'
import { aNotification, attempt } from './facts'

const words = (notification: NotificationRecord) =>
  Object.entries({ isOpen, wasTold, isUnknown, isDoubtful })
    .filter(([, holds]) => holds(notification))
    .map(([name]) => name)

test.each([
  ['planned', null, 'sms', ['isOpen']],
  ['held', null, 'sms', ['isOpen']],
  ['sending', 'try_later', 'sms', ['isOpen']],
  ['sending', null, 'sms', ['wasTold', 'isUnknown']],
  ['unknown', 'unknown', 'sms', ['wasTold', 'isUnknown']],
  ['sending', 'accepted', 'sms', ['wasTold']],
  ['accepted', 'accepted', 'sms', ['wasTold']],
  ['delivered', 'accepted', 'sms', ['wasTold']],
  ['undelivered', 'accepted', 'sms', []],
  ['failed', 'permanent', 'sms', []],
  ['suppressed', null, 'sms', []],
  ['sending', 'try_later', 'email', ['isOpen']],
  ['sending', null, 'email', ['isOpen', 'isDoubtful']],
  ['sending', 'unknown', 'email', ['isOpen', 'isDoubtful']],
  ['unknown', 'unknown', 'email', ['wasTold']],
  ['sent', 'accepted', 'email', ['wasTold']],
] as const)('%s after %s by %s: %j', (status, outcome, channel, expected) => {
  const tried = !(status === 'planned' || status === 'held' || status === 'suppressed')
  const notification = aNotification({ status, channel, lastAttempt: tried ? attempt(outcome, 0) : null })
  expect(words(notification)).toEqual(expected)
})

test('nothing is both open and told', () => {
  for (const status of notificationStatuses)
    for (const channel of ['sms', 'email'] as const)
      for (const outcome of ['accepted', 'try_later', 'permanent', 'unknown', null] as const) {
        const notification = aNotification({ status, channel, lastAttempt: attempt(outcome, 0) })
        expect(isOpen(notification) && wasTold(notification)).toBe(false)
      }
})

describe('what a customer was told', () => {
  const sent = (event: NotificationRecord['event'], start: number, change: Partial<NotificationRecord> = {}) =>
    aNotification({ event, status: 'sent', window: { start, end: start + 60 }, ...change })

  test('is the window of the latest message that reached them, by the order of planning', () => {
    const messages = [sent('confirmed', 0), sent('updated', 100), sent('updated', 200, { status: 'undelivered' })]
    expect(toldOf(messages)?.window.start).toBe(100)
    expect(toldOf([...messages].reverse())?.window.start).toBe(100)
  })

  test('is what went out last, whichever was planned first', () => {
    const held = sent('confirmed', 100, { lastAttempt: attempt('accepted', 9) })
    const email = sent('confirmed', 0, { lastAttempt: attempt('accepted', 5) })
    expect(toldOf([held, email])?.window.start).toBe(100)
  })

  test('is nothing before a message has left, and nothing after a cancellation', () => {
    expect(toldOf([])).toBeNull()
    expect(toldOf([sent('confirmed', 0, { status: 'held' })])).toBeNull()
    expect(toldOf([sent('confirmed', 0), sent('cancelled', 0)])).toBeNull()
    expect(toldOf([sent('confirmed', 0), sent('cancelled', 0, { status: 'failed' })])?.window.start).toBe(0)
    expect(toldOf([sent('confirmed', 0), sent('cancelled', 0), sent('confirmed', 100)])?.window.start).toBe(100)
  })

  test('says nothing about when to expect the truck by an arrival', () => {
    expect(toldOf([sent('confirmed', 0), sent('arrived', 100)])?.window.start).toBe(0)
  })
})

test.each([
  [99, true],
  [100, false],
  [160, false],
  [161, true],
])('a stop scheduled at %i has left the window from 100 to 160: %s', (scheduledAt, moved) => {
  expect(hasMoved({ scheduledAt }, { start: 100, end: 160 })).toBe(moved)
})
