import { messageSteps } from '../../console/pages/messages/messageSteps'

type Message = Parameters<typeof messageSteps>[0]

const planned = '2026-12-01T22:00:00.000Z'
const base: Message = {
  id: '00000000-0000-4000-8000-000000000000',
  routeId: 'R1',
  stopId: 's1',
  event: 'confirmed',
  channel: 'sms',
  recipient: '+13125550100',
  contractNumbers: ['C1'],
  status: 'planned',
  plannedAt: planned,
  shortened: false,
  attempts: [],
}
const told = (message: Partial<Message>) => messageSteps({ ...base, ...message }).map(({ text }) => text)

test('a text that arrived is told from the plan to the phone', () => {
  const steps = messageSteps({
    ...base,
    status: 'delivered',
    providerId: 'SM1',
    attempts: [{ at: '2026-12-01T22:00:01.000Z', outcome: 'accepted' }],
    sentAt: '2026-12-01T22:00:02.000Z',
    deliveredAt: '2026-12-01T22:00:04.000Z',
  })
  expect(steps.map(({ text }) => text)).toEqual([
    'Planned for this moment.',
    'The text message provider took it, as SM1.',
    'The carrier has it and tries to deliver it.',
    'Delivered: the phone has it.',
  ])
  expect(steps.map(({ at }) => at)).toEqual([...steps.map(({ at }) => at)].sort())
})

test('an email has no receipt, and says so', () => {
  const attempts: Message['attempts'] = [{ at: planned, outcome: 'accepted' }]
  expect(told({ channel: 'email', status: 'sent', sentAt: planned, attempts }).at(-1)).toContain('no receipt')
})

test('one that waits says until when, and one that was held why', () => {
  expect(told({})).toEqual(['To be sent then.'])
  expect(told({ status: 'held' })).toEqual(['Held by quiet hours until then.'])
})

test.each([
  ['try_later', 'The text message provider asked to try again later.'],
  ['permanent', 'The text message provider refused it for good.'],
  ['unknown', 'No answer came from the text message provider: it may have gone out or not.'],
  ['running', 'Given to the text message provider; no answer yet.'],
] as const)('an attempt that ended %s is told in words', (outcome, text) => {
  expect(told({ status: 'sending', attempts: [{ at: planned, outcome }] })).toContain(text)
})

test.each(['failed', 'undelivered', 'suppressed'] as const)('one that ended %s gives its reason last', (status) => {
  expect(told({ status, reason: 'stale', reasonText: 'It was too late.' }).at(-1)).toBe('It was too late.')
})

test('an unknown end says that nobody knows', () => {
  expect(told({ status: 'unknown' }).at(-1)).toBe('Nobody knows whether it went out.')
})
