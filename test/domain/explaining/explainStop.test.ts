import { explainStop } from '../../../domain/explaining/explainStop'
import type { ExplanationEntry } from '../../../domain/explaining/explanation'
import { ruleSentence } from '../../../domain/explaining/ruleSentences'
import type { DecisionRecord, NotificationStory, Report, StopStory } from '../../../domain/explaining/stopStory'
import type { NotificationRule } from '../../../domain/notificationTiming'
import { ann } from '../facts'
import { chicago, decide, moment } from '../schedule/week'

const wording = { zone: chicago, timeFormat: '12h' as const }
const open = { address: (address: string) => address, text: (text: string) => text }

function decision(change: Partial<DecisionRecord> = {}): DecisionRecord {
  const { rule, numbers } = decide({ confirmed: 'Tue 10:00', stop: 'Wed 13:00' })
  return {
    at: moment('Tue 10:00'),
    status: 'planned',
    reason: null,
    plannedAt: moment('Tue 16:00'),
    rule,
    action: 'send',
    numbers,
    settingsVersion: 1,
    window: { start: moment('Wed 12:30'), end: moment('Wed 13:30') },
    ...change,
  }
}

function notification(change: Partial<NotificationStory> = {}): NotificationStory {
  return {
    id: 'n1',
    event: 'confirmed',
    channel: 'sms',
    recipient: ann,
    internal: false,
    contractNumbers: ['C1'],
    status: 'planned',
    reason: null,
    reasonText: null,
    plannedAt: moment('Tue 16:00'),
    providerId: null,
    lookUps: 0,
    resend: null,
    decisions: [decision()],
    attempts: [],
    receipts: [],
    ...change,
  }
}

function report(change: Partial<Report> = {}): Report {
  const at = moment('Wed 13:05')
  return {
    source: 'driver',
    kind: 'arrived',
    outcome: 'counted',
    deviceId: null,
    reportedBy: 'Mike’s phone',
    occurredAt: at,
    countedAt: at,
    receivedAt: at,
    judgedAt: at,
    accuracyMeters: null,
    ...change,
  }
}

function explain(change: Partial<StopStory> = {}, show = open): ExplanationEntry[] {
  const story: StopStory = {
    stop: { stopId: 's1', arrivedAt: null, departedAt: null },
    createdAt: moment('Mon 09:00'),
    changes: [{ at: moment('Tue 10:00'), status: 'confirmed', changedBy: 'Office' }],
    reports: [],
    handOffs: [],
    toldByPhone: [],
    notifications: [notification()],
    notTold: [],
    dwellSeconds: 60,
    ...change,
  }
  return explainStop(story, wording, show)
}

const texts = (entries: ExplanationEntry[]) => entries.map(({ kind, text }) => `${kind}: ${text}`)

const attempt = (change: Partial<NotificationStory['attempts'][number]> = {}) => ({
  number: 1,
  at: moment('Tue 16:00'),
  outcome: 'accepted' as const,
  code: null,
  message: null,
  retryAt: null,
  ...change,
})

test('a message that was delivered is explained from the plan to the receipt, in order of time', () => {
  const receipts = [{ status: 'delivered' as const, code: null, at: moment('Tue 16:01') }]
  const entries = explain({ notifications: [notification({ status: 'delivered', attempts: [attempt()], receipts })] })
  const what = `Confirmation by text to ${ann}`
  expect(texts(entries)).toEqual([
    'route: The route was planned. Nobody is told before it is confirmed.',
    'route: The route was confirmed by Office.',
    `decision: ${what} planned for Tue, Feb 3, 4:00 PM (rule "at cutoff": confirmed Tue 10:00 AM, cutoff Tue 4:00 PM)`,
    `timer: ${what}: its timer went off, and the facts were checked again.`,
    `claim: ${what}: claimed for attempt 1.`,
    `answer: ${what}: the provider took it.`,
    `receipt: ${what} was delivered, says the provider.`,
  ])
  expect(entries[2]?.data).toMatchObject({
    notificationId: 'n1',
    rule: 'at_cutoff',
    numbers: { cutoff: '2026-02-03T16:00:00-06:00' },
    settingsVersion: 1,
  })
})

test('a message that still waits shows its timer at the moment for which it is set', () => {
  const [timer] = explain().slice(-1)
  expect(timer).toMatchObject({ at: moment('Tue 16:00'), kind: 'timer', data: { set: true } })
})

test('a plan that was moved by the settings keeps both decisions', () => {
  const decisions = [
    decision(),
    decision({ at: moment('Tue 11:00'), plannedAt: moment('Tue 15:00'), settingsVersion: 2 }),
  ]
  const found = texts(explain({ notifications: [notification({ decisions, plannedAt: moment('Tue 15:00') })] }))
  expect(found[2]).toContain('planned for Tue, Feb 3, 4:00 PM')
  expect(found[3]).toContain('now planned for Tue, Feb 3, 3:00 PM since version 2 of the settings')
})

test('a non-send says why, in plain words', () => {
  const suppressed = decision({ at: moment('Tue 16:00'), status: 'suppressed', reason: 'sms_off', action: 'suppress' })
  const story = notification({ status: 'suppressed', reason: 'sms_off', decisions: [decision(), suppressed] })
  expect(texts(explain({ notifications: [story] })).at(-1)).toContain(
    'is not sent: sms_off. Text messages are switched off for this company.',
  )
})

test('a message whose timer never went off has none', () => {
  const withdrawn = decision({
    at: moment('Tue 11:00'),
    status: 'suppressed',
    reason: 'not_confirmed',
    action: 'suppress',
  })
  const story = notification({ status: 'suppressed', reason: 'not_confirmed', decisions: [decision(), withdrawn] })
  expect(explain({ notifications: [story] }).map(({ kind }) => kind)).toEqual([
    'route',
    'route',
    'decision',
    'suppressed',
  ])
})

test('a text that the night keeps back is shown as held', () => {
  const held = decision({ status: 'held', action: 'hold', plannedAt: moment('Wed 08:00') })
  const story = notification({ status: 'held', plannedAt: moment('Wed 08:00'), decisions: [held] })
  expect(texts(explain({ notifications: [story] }))[2]).toContain('held by quiet hours until Wed, Feb 4, 8:00 AM')
})

test('each answer of a provider is told with its code, its words and what follows', () => {
  const attempts = [
    attempt({ outcome: 'try_later' as never, code: '20429', message: 'Too many', retryAt: moment('Tue 16:01') }),
    attempt({ number: 2, at: moment('Tue 16:01'), outcome: 'permanent' as never, code: '21211', message: 'No number' }),
  ]
  const story = notification({ status: 'failed', reason: 'invalid_address', reasonText: 'No such number.', attempts })
  const answers = texts(explain({ notifications: [story] })).filter((text) => text.startsWith('answer'))
  expect(answers[0]).toContain('did not take it (20429: Too many); again Tue, Feb 3, 4:01 PM.')
  expect(answers[1]).toContain('for good (21211: No number). No such number.')
})

test('an unknown outcome shows every look-up, and who asked to send it again', () => {
  const unknown = notification({
    status: 'unknown',
    attempts: [attempt({ outcome: 'unknown' as never, code: 'ECONNRESET', message: 'reset' })],
    lookUps: 3,
  })
  const resend = { of: 'n1', at: moment('Tue 17:00'), by: 'Office', reason: 'She has not got it' }
  const again = notification({ id: 'n2', resend, decisions: [decision({ at: moment('Tue 17:00'), rule: 'resend' })] })
  const found = explain({ notifications: [unknown, again] })
  expect(found.filter(({ kind }) => kind === 'look_up').map(({ at }) => at - moment('Tue 16:00'))).toEqual([
    30_000, 120_000, 600_000,
  ])
  expect(texts(found).find((text) => text.startsWith('resend'))).toContain(
    'Office asked to send it again: “She has not got it”.',
  )
})

test.each<[Partial<Report>, Partial<StopStory['stop']>, string]>([
  [
    {},
    { arrivedAt: moment('Wed 13:05') },
    'The driver (Mike’s phone) reported that the truck arrived, Wed, Feb 4, 1:05 PM. The stop has arrived.',
  ],
  [{}, { arrivedAt: moment('Wed 13:00') }, 'It changed nothing: the stop had arrived already.'],
  [{ kind: 'departed' }, { departedAt: moment('Wed 13:05') }, 'The stop has departed.'],
  [{ kind: 'enter' }, { arrivedAt: moment('Wed 13:05') }, 'The truck stayed for 60 seconds: the stop has arrived.'],
  [{ kind: 'enter' }, {}, 'It counts as an arrival once the truck has stayed for 60 seconds.'],
  [{ kind: 'exit' }, {}, 'It changed nothing'],
  [{ kind: 'skipped' }, {}, 'Nobody is told'],
  [{ judgedAt: null }, {}, 'It has not been looked at yet.'],
  [
    { source: 'samsara', deviceId: 'd1', outcome: 'inaccurate' },
    {},
    'The samsara device d1 reported that the truck arrived, Wed, Feb 4, 1:05 PM. It was ignored: the GPS fix was too poor.',
  ],
])('a report says who, what, when, and what became of it (%#)', (change, times, expected) => {
  const stop = { stopId: 's1', arrivedAt: null, departedAt: null, ...times }
  expect(texts(explain({ reports: [report(change)], stop, notifications: [] })).at(-1)).toContain(expected)
})

test('each call to a vendor is told with its answer, those that failed too', () => {
  const call = { action: 'hand_over', code: null, message: null } as const
  const refused = { ...call, outcome: 'refused', code: '401', message: `No token for ${ann}` } as const
  const attempts = [
    { ...refused, at: moment('Tue 16:00') },
    { ...call, outcome: 'accepted', at: moment('Tue 16:05') } as const,
  ]
  const handOffs = [{ vendor: 'samsara' as const, attempts }]
  expect(texts(explain({ handOffs, notifications: [] })).slice(2)).toEqual([
    `hand_off: samsara was told of the route and refused it (401: No token for ${ann}). It is told again; no message waits for that.`,
    'hand_off: samsara was told of the route and took it.',
  ])
  const masked = { address: () => '***', text: () => '***' }
  expect(JSON.stringify(explain({ handOffs, notifications: [] }, masked))).not.toContain(ann)
})

test('a contract that nobody is listed on is named', () => {
  const missing = { stopId: 's1', contractNumber: 'C2', event: 'arrived' as const, notificationIds: [] }
  const notTold = [
    { ...missing, reason: 'no_delivery_notification', reasonText: 'Nobody is listed.' },
    { ...missing, reason: 'sms_off', reasonText: 'explained by its notification' },
  ]
  expect(texts(explain({ notTold, notifications: [] })).slice(2)).toEqual([
    'not_told: Contract C2, arrived: Nobody is listed.',
  ])
})

test('times are told on the clock of the company', () => {
  const story = { stop: { stopId: 's1', arrivedAt: null, departedAt: null }, reports: [report()] }
  const all = {
    createdAt: 0,
    changes: [],
    handOffs: [],
    toldByPhone: [],
    notifications: [],
    notTold: [],
    dwellSeconds: 60,
    ...story,
  }
  const [, last] = explainStop(all, { zone: 'Asia/Kathmandu', timeFormat: '24h' }, open)
  expect(last?.text).toContain('Thu, Feb 5, 00:50')
})

test('who may not see recipients does not read them in an explanation', () => {
  const masked = { address: () => '***', text: () => '***' }
  const attempts = [attempt({ outcome: 'permanent' as never, code: '21211', message: `To ${ann} is no number` })]
  const found = JSON.stringify(explain({ notifications: [notification({ attempts })] }, masked))
  expect(found).not.toContain(ann)
  expect(found).toContain('***')
})

test('every rule has a sentence, with the numbers that it used', () => {
  const numbers = decide({ confirmed: 'Tue 18:00', stop: 'Wed 06:30', channel: 'sms' }).numbers
  const rules: NotificationRule[] = ['same_day', 'next_open_day', 'never_too_late', 'lead_days', 'from_cutoff']
  for (const rule of rules) {
    const sentence = ruleSentence(rule, numbers, wording)
    expect(sentence).toContain(`rule "${rule.replaceAll('_', ' ')}": confirmed Tue 6:00 PM`)
    expect(sentence).not.toContain('NaN')
  }
  expect(ruleSentence('quiet_hours', { permitted: '2026-02-04T08:00:00-06:00' }, wording)).toContain('Wed 8:00 AM')
  expect(ruleSentence('of an earlier release', {}, wording)).toBe('rule "of an earlier release"')
})
