import { isLastLookUp, lookUpDueAt } from '../../domain/lookUps'
import { aNotification, attempt } from './facts'

const unknown = { status: 'unknown', lastAttempt: attempt('unknown', 1_000) } as const

test.each([
  [0, 30_000],
  [1, 120_000],
  [2, 600_000],
])('an unknown text that was looked up %i times is looked up %i ms after its attempt', (lookUps, delay) => {
  expect(lookUpDueAt(aNotification({ ...unknown, lookUps }))).toBe(1_000 + delay)
  expect(isLastLookUp({ lookUps })).toBe(lookUps === 2)
})

test('after three look-ups it is left to the task and to people', () => {
  expect(lookUpDueAt(aNotification({ ...unknown, lookUps: 3 }))).toBeNull()
})

test('a text whose worker died during the call is looked up too', () => {
  expect(lookUpDueAt(aNotification({ status: 'sending', lastAttempt: attempt(null, 1_000) }))).toBe(31_000)
})

test.each([
  ['an email: SMTP cannot be asked', { ...unknown, channel: 'email' }],
  ['one that was accepted', { ...unknown, status: 'accepted' }],
  ['one that is to be tried later', { status: 'sending', lastAttempt: attempt('try_later', 1_000, 2_000) }],
  ['one that was never tried', { status: 'planned' }],
] as const)('not looked up: %s', (_, change) => {
  expect(lookUpDueAt(aNotification(change))).toBeNull()
})
