import { aContract, annMail, aRoute, aStop, contractsOf, factsWith, row, settingsWith, without } from './facts'
import { Life } from './life'
import { moment } from './schedule/week'

const night = { from: '21:00', to: '08:00' }
const textAndStandIn = contractsOf(
  aContract('C1', [row('sms', '+15125550101'), row('email', annMail, { onlyIfTextFails: true })]),
)
/** Confirmed on Tuesday at 10:00, told on Tuesday at 16:00. */
const told = (change: Parameters<typeof factsWith>[0] = {}) =>
  new Life(factsWith(change), 'Tue 10:00').passTo('Tue 17:00')

describe('an email that is only for when the text fails', () => {
  test.each([
    ['is switched off', { settings: settingsWith({ smsEnabled: false }) }, 'sms_off'],
    ['may not be sent', { optedOut: new Set(['sms:+15125550101']) }, 'opted_out'],
  ])('goes at once when the text %s', (_, change, reason) => {
    const life = told({ contracts: textAndStandIn, ...change })
    expect(life.messages).toEqual([`Tue 16:00 confirmed email ${annMail}`])
    expect(life.reasons).toEqual([`confirmed sms: ${reason}`])
  })

  test('does not go when the text was taken, or the event is off', () => {
    expect(told({ contracts: textAndStandIn }).passTo('Wed 12:00').messages).toHaveLength(1)
    const off = told({ contracts: textAndStandIn, settings: settingsWith(without('confirmed')) }).passTo('Wed 12:00')
    expect(off.reasons).toEqual(['confirmed sms: event_off'])
  })

  test('goes when the receipt says that the text was not delivered, if it is still true', () => {
    const life = told({ contracts: textAndStandIn }).receipt('undelivered').rest()
    expect(life.messages.at(-1)).toBe(`Tue 17:00 confirmed email ${annMail}`)
    const late = told({ contracts: textAndStandIn }).passTo('Wed 12:45').receipt('undelivered').rest()
    expect(late.reasons).toEqual(['confirmed email: stale'])
  })

  test('goes after the route has ended too, while the news is news, and nothing else goes with it', () => {
    const departed = () => {
      const life = told({ contracts: textAndStandIn }).passTo('Wed 13:00').report('departed').rest()
      expect(life.facts.route.status).toBe('completed')
      // Whatever changes once a route has ended is not told of it.
      const rows = [...(textAndStandIn.get('C1')?.deliveryNotifications ?? []), row('email', 'bob@example.com')]
      return life.change({ contracts: contractsOf(aContract('C1', rows)) })
    }
    const bad = (life: Life) => life.receipt('undelivered', ({ event }) => event === 'departed').rest()
    const before = departed().messages
    expect(bad(departed().passTo('Wed 13:29')).messages).toEqual([...before, `Wed 13:29 departed email ${annMail}`])
    const late = bad(departed().passTo('Wed 13:31'))
    expect([late.messages, late.reasons.at(-1)]).toEqual([before, 'departed email: stale'])
    expect(late.plan?.over).toBe(true)
  })

  test('waits for the text that is owed again, though the one before it failed', () => {
    const life = new Life(factsWith({ contracts: textAndStandIn }), 'Tue 10:00')
    life.answer = ({ channel }) => (channel === 'sms' ? 'permanent' : 'accepted')
    life.passTo('Tue 17:00').edit('s1', null).passTo('Tue 17:10').route({ status: 'planned' }).rest()
    life.answer = () => 'accepted'
    life.edit('s1', {}).confirm().passTo('Wed 08:00')
    expect(life.messages).toEqual([
      `Tue 16:00 confirmed email ${annMail}`,
      `Tue 17:00:20 cancelled email ${annMail}`,
      'Wed 08:00 confirmed sms +15125550101',
    ])
  })

  test('is told for its own sake when another contract lists it, whatever the night holds back of the text', () => {
    const contracts = contractsOf(
      aContract('C1', [row('sms', '+15125550101'), row('email', annMail, { onlyIfTextFails: true })]),
      aContract('C2', [row('email', annMail)]),
    )
    const stops = [aStop({ contractNumbers: ['C1', 'C2'] })]
    const life = told({ contracts, stops, settings: settingsWith({ quietHours: night }) }).passTo('Tue 22:00')
    life.move('s1', 'Wed 15:00').passTo('Wed 09:00')
    expect(life.messages.slice(2)).toEqual([
      `Tue 22:00:20 updated email ${annMail}`,
      'Wed 08:00 updated sms +15125550101',
    ])
  })

  test('goes when quiet hours make the text too late', () => {
    const change = {
      contracts: textAndStandIn,
      settings: settingsWith({ quietHours: night }),
      stops: [aStop({ scheduledAt: moment('Wed 06:30') })],
      route: aRoute({ confirmedAt: moment('Tue 22:30') }),
    }
    const life = new Life(factsWith(change), 'Tue 22:30').rest()
    expect(life.reasons).toEqual(['confirmed sms: stale'])
    expect(life.messages).toEqual([`Tue 22:30 confirmed email ${annMail}`])
  })

  test('tells of an update and a cancellation that the text could not, whichever of the two told before', () => {
    const life = told({ contracts: textAndStandIn })
    life.receipt('delivered').answer = ({ channel }) => (channel === 'sms' ? 'permanent' : 'accepted')
    life.move('s1', 'Wed 15:00').passTo('Tue 18:00')
    expect(life.messages.at(-1)).toBe(`Tue 17:00:20 updated email ${annMail}`)
    life.answer = () => 'accepted'
    life.edit('s1', null).passTo('Tue 19:00')
    expect(life.messages.slice(2)).toEqual(['Tue 18:00:20 cancelled sms +15125550101'])
  })
})

describe('internal recipients', () => {
  const boss = { method: 'email', address: 'boss@acme.example', events: ['confirmed', 'updated', 'cancelled'] } as const
  const settings = settingsWith({ internalRecipients: [{ ...boss, events: [...boss.events] }] })

  test('hear of the confirmed route once, when its first confirmation is due', () => {
    const stops = [aStop(), aStop({ stopId: 's2', scheduledAt: moment('Wed 09:00') })]
    const life = told({ settings, stops })
    expect(life.messages).toContain(`Tue 16:00 confirmed email route ${boss.address}`)
    life.route({ status: 'planned' }).rest().confirm().passTo('Wed 12:00')
    expect(life.messages).toHaveLength(3)
  })

  test.each([
    ['arrived', 'superseded'],
    ['skipped', 'cancelled'],
  ] as const)(
    'are not told of a route whose every stop was %s before, and planning again adds nothing',
    (kind, reason) => {
      const life = new Life(factsWith({ settings }), 'Tue 10:00').rest().report(kind).rest()
      expect(life.reasons).toContain(`confirmed email: ${reason}`)
      const { length } = life.facts.notifications
      expect(life.passTo('Tue 17:00').facts.notifications).toHaveLength(length)
    },
  )

  test('hear of it then, not when the first stop of the route is due', () => {
    const stops = [aStop(), aStop({ stopId: 's2', scheduledAt: moment('Wed 06:30') })]
    const route = aRoute({ confirmedAt: moment('Tue 18:00') })
    const life = new Life(factsWith({ settings, stops, route }), 'Tue 18:00').rest()
    expect(life.messages).toContain(`Tue 18:00 confirmed email route ${boss.address}`)
  })

  test('hear of a change also when their mail is tried again after the customers were told', () => {
    const life = told({ settings })
    life.answer = ({ internal, lastAttempt }) => (internal && lastAttempt === null ? 'try_later' : 'accepted')
    life.move('s1', 'Wed 15:00').passTo('Tue 18:00').edit('s1', null).passTo('Tue 19:00')
    expect(life.messages.filter((message) => message.includes(boss.address)).slice(1)).toEqual([
      `Tue 17:00:25 updated email ${boss.address}`,
      `Tue 18:00:25 cancelled email ${boss.address}`,
    ])
  })

  test('hear of each change of a stop that customers were told of, once', () => {
    const life = told({ settings }).move('s1', 'Wed 15:00').passTo('Tue 18:00').edit('s1', null).passTo('Tue 19:00')
    expect(life.messages.filter((message) => message.includes(boss.address)).slice(1)).toEqual([
      `Tue 17:00:20 updated email ${boss.address}`,
      `Tue 18:00:20 cancelled email ${boss.address}`,
    ])
  })
})

describe('a contract that changes', () => {
  test('loses a row: what is unsent is cancelled; it returns: it is planned again', () => {
    const life = new Life(factsWith(), 'Tue 10:00')
      .rest()
      .change({ contracts: contractsOf(aContract('C1', [])) })
      .rest()
    expect(life.reasons).toEqual(['confirmed sms: cancelled'])
    life.change({ contracts: contractsOf(aContract('C1')) }).passTo('Tue 17:00')
    expect(life.messages).toEqual(['Tue 16:00 confirmed sms +15125550101'])
  })

  test('gets a row after the others were told: the new recipient is told at once', () => {
    const both = contractsOf(aContract('C1', [row('sms', '+15125550101'), row('email', annMail)]))
    const life = told().change({ contracts: both }).rest()
    expect(life.messages.slice(1)).toEqual([`Tue 17:00 confirmed email ${annMail}`])
  })
})
