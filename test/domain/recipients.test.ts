import type { NotificationRecord } from '../../domain/facts'
import { recipientKey, recipientsOf, sameCustomer } from '../../domain/recipients'
import type { Event } from '../../domain/words'
import { aContract, aNotification, ann, annMail, aStop, contractsOf, row, settingsWith } from './facts'

const twoContracts = aStop({ contractNumbers: ['C1', 'C2'] })
const who = (
  contracts: ReturnType<typeof contractsOf>,
  { event = 'confirmed' as Event, notifications = [] as NotificationRecord[], settings = settingsWith() } = {},
) =>
  recipientsOf(twoContracts, event, contracts, notifications, settings).map(
    (recipient) => `${recipientKey(recipient)} ${recipient.contractNumbers}${recipient.internal ? ' internal' : ''}`,
  )

test('the addresses of the delivery notifications that are ticked for the event, and no others', () => {
  const contracts = contractsOf(
    aContract('C1', [row('sms', ann, { events: ['arrived'] }), row('email', annMail, { events: ['confirmed'] })]),
    aContract('C2', []),
  )
  expect(who(contracts)).toEqual([`email:${annMail} C1`])
  expect(who(contracts, { event: 'arrived' })).toEqual([`sms:${ann} C1`])
  expect(who(contracts, { event: 'departed' })).toEqual([])
})

test('one message for one address, however many contracts and rows name it; contracts in the order of the stop', () => {
  const contracts = contractsOf(
    aContract('C2', [row('sms', ann)]),
    aContract('C1', [row('sms', ann), row('sms', ann), row('email', annMail)]),
  )
  expect(who(contracts)).toEqual([`sms:${ann} C1,C2`, `email:${annMail} C1`])
})

test("the company's own people hear of every event at a stop but confirmed", () => {
  const person = { method: 'email' as const, address: 'boss@acme.example', events: ['confirmed', 'arrived'] as Event[] }
  const settings = settingsWith({ internalRecipients: [person] })
  const contracts = contractsOf(aContract('C1'), aContract('C2', []))
  expect(who(contracts, { settings })).toEqual([`sms:${ann} C1`])
  expect(who(contracts, { settings, event: 'arrived' })).toEqual([
    `sms:${ann} C1`,
    'email:boss@acme.example C1,C2 internal',
  ])
  expect(who(contracts, { settings, event: 'departed' })).toEqual([`sms:${ann} C1`])
})

describe('an email that is only for when the text fails', () => {
  const standIn = row('email', annMail, { onlyIfTextFails: true })
  const contracts = contractsOf(aContract('C1', [row('sms', ann), standIn]), aContract('C2', []))
  const isUsed = (...notifications: NotificationRecord[]) => who(contracts, { notifications }).length === 2

  test.each([
    ['undelivered', null, true],
    ['failed', 'unreachable', true],
    ['failed', 'opted_out', true],
    ['suppressed', 'sms_off', true],
    ['suppressed', 'channel_not_configured', true],
    ['suppressed', 'opted_out', true],
    ['suppressed', 'quiet_hours', true],
    ['suppressed', 'notifications_off', false],
    ['suppressed', 'event_off', false],
    ['suppressed', 'stale', false],
    ['suppressed', 'cancelled', false],
    ['suppressed', 'not_confirmed', false],
    ['suppressed', 'superseded', false],
    ['planned', null, false],
    ['held', null, false],
    ['sending', null, false],
    ['accepted', null, false],
    ['delivered', null, false],
    ['unknown', null, false],
  ] as const)('the text ended %s %s: used %s', (status, reason, used) => {
    expect(isUsed(aNotification({ status, reason }))).toBe(used)
  })

  test('is used when the text is stale by quiet hours, but not for another reason that comes first', () => {
    const stale = { status: 'suppressed', staleByQuietHours: true } as const
    expect(isUsed(aNotification({ ...stale, reason: 'stale' }))).toBe(true)
    expect(isUsed(aNotification({ ...stale, reason: 'event_off' }))).toBe(false)
  })

  test('is not used without a text, nor for a contract that has none', () => {
    expect(isUsed()).toBe(false)
    const textless = contractsOf(aContract('C1', [standIn]), aContract('C2'))
    expect(who(textless, { notifications: [aNotification({ status: 'failed', contractNumbers: ['C2'] })] })).toEqual([
      `sms:${ann} C2`,
    ])
  })

  test('waits for the latest revision, and for each of several numbers', () => {
    const failed = aNotification({ status: 'failed' })
    expect(isUsed(failed, aNotification({ revision: 2 }))).toBe(false)
    const second = row('sms', '+15125550102')
    const two = contractsOf(aContract('C1', [row('sms', ann), second, standIn]), aContract('C2', []))
    const other = (status: NotificationRecord['status']) => aNotification({ status, address: second.address })
    expect(who(two, { notifications: [failed] })).toHaveLength(2)
    expect(who(two, { notifications: [failed, other('delivered')] })).toHaveLength(2)
    expect(who(two, { notifications: [failed, other('undelivered')] })).toHaveLength(3)
  })

  test('does not look at a number that the contract no longer has', () => {
    const gone = aNotification({ address: '+15125550199', status: 'suppressed', reason: 'cancelled' })
    expect(isUsed(gone, aNotification({ status: 'failed' }))).toBe(true)
  })

  test('is the same customer as the text; other rows are customers of their own', () => {
    const keys = (address: string, channel: 'sms' | 'email') => [
      ...sameCustomer(twoContracts, contracts, { channel, address }, 'confirmed'),
    ]
    expect(keys(ann, 'sms')).toEqual([`sms:${ann}`, `email:${annMail}`])
    expect(keys(annMail, 'email')).toEqual([`email:${annMail}`, `sms:${ann}`])
    const apart = contractsOf(aContract('C1', [row('sms', ann), row('email', annMail)]))
    expect([...sameCustomer(twoContracts, apart, { channel: 'sms', address: ann }, 'confirmed')]).toEqual([
      `sms:${ann}`,
    ])
  })

  test('is a customer of its own for what another contract lists it for in its own right', () => {
    const inItsOwnRight = row('email', annMail, { events: ['updated'] })
    const both = contractsOf(aContract('C1', [row('sms', ann), standIn]), aContract('C2', [inItsOwnRight]))
    const keys = (event: Event) => [
      ...sameCustomer(twoContracts, both, { channel: 'sms', address: ann }, event),
      ...sameCustomer(twoContracts, both, { channel: 'email', address: annMail }, event),
    ]
    expect(keys('updated')).toEqual([`sms:${ann}`, `email:${annMail}`])
    expect(keys('confirmed')).toHaveLength(4)
  })
})
