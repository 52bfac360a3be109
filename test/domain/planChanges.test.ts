import { aContract, ann, aRoute, aStop, contractsOf, factsWith, row, settingsWith, without } from './facts'
import { Life } from './life'
import { moment } from './schedule/week'

const night = { from: '21:00', to: '08:00' }
/** Confirmed on Tuesday at 10:00, told on Tuesday at 16:00. */
const told = (change: Parameters<typeof factsWith>[0] = {}) =>
  new Life(factsWith(change), 'Tue 10:00').passTo('Tue 17:00')

describe('un-confirming', () => {
  test('within the delay sends nothing, and confirming after that starts the delay afresh', () => {
    const life = new Life(factsWith({ route: aRoute({ confirmedAt: moment('Wed 09:00') }) }), 'Wed 09:00').passTo(
      'Wed 09:03',
    )
    life.route({ status: 'planned' }).rest()
    expect(life.reasons).toEqual(['confirmed sms: not_confirmed'])
    expect(life.plan?.over).toBe(true)
    life.passTo('Wed 09:04').confirm().passTo('Wed 10:00')
    expect(life.messages).toEqual(['Wed 09:09 confirmed sms +15125550101'])
  })

  test('or cancelling, before anybody has looked at the route, has a reason too', () => {
    for (const [status, reason] of [
      ['planned', 'not_confirmed'],
      ['cancelled', 'cancelled'],
    ] as const) {
      const life = new Life(factsWith({ route: aRoute({ status }) }), 'Tue 10:00').rest()
      expect(life.reasons).toEqual([`confirmed sms: ${reason}`])
      expect(life.plan?.over).toBe(true)
    }
  })

  test('after the customers were told is silent, and so is confirming again', () => {
    const life = told().route({ status: 'planned' }).passTo('Tue 18:00').confirm().passTo('Wed 12:00')
    expect(life.messages).toHaveLength(1)
    expect(life.reasons).toEqual([])
  })

  test('and moving a stop tells of it when the route is confirmed again', () => {
    const life = told().route({ status: 'planned' }).rest().move('s1', 'Wed 15:00').passTo('Tue 18:00')
    expect(life.messages).toHaveLength(1)
    life.confirm().passTo('Wed 12:00')
    expect(life.messages.slice(1)).toEqual(['Tue 18:00 updated sms +15125550101'])
  })

  test('gives who was not told a confirmation when the route is confirmed again, also after a failure', () => {
    const life = new Life(factsWith(), 'Tue 10:00')
    life.answer = () => 'permanent'
    life.passTo('Tue 17:00')
    expect(life.messages).toEqual([])
    life.answer = () => 'accepted'
    life.passTo('Tue 17:30')
    expect(life.messages).toEqual([])
    life.route({ status: 'planned' }).rest().confirm().passTo('Wed 09:00')
    expect(life.messages).toEqual(['Wed 08:00 confirmed sms +15125550101'])
  })

  test('withholds an update that quiet hours held; confirming again owes it again', () => {
    const life = told({ settings: settingsWith({ quietHours: night }) })
      .passTo('Tue 22:00')
      .move('s1', 'Wed 15:00')
      .passTo('Tue 22:01')
    expect(life.facts.notifications.at(-1)).toMatchObject({
      event: 'updated',
      status: 'held',
      plannedAt: moment('Wed 08:00'),
    })
    life.route({ status: 'planned' }).rest()
    expect(life.reasons).toEqual(['updated sms: not_confirmed'])
    life.confirm().passTo('Wed 09:00')
    expect(life.messages.slice(1)).toEqual(['Wed 08:00 updated sms +15125550101'])
  })

  test('with the master switch off loses nothing once it is on', () => {
    const life = new Life(factsWith({ settings: settingsWith({ customerNotifications: false }) }), 'Tue 10:00').rest()
    life.edit('s1', null).passTo('Tue 11:00')
    expect(life.reasons).toEqual(['confirmed sms: notifications_off'])
    const back = new Life({ ...life.facts, route: aRoute() }, 'Tue 11:00')
      .edit('s1', {})
      .change({ settings: settingsWith() })
    expect(back.passTo('Tue 17:00').messages).toEqual(['Tue 16:00 confirmed sms +15125550101'])
  })
})

describe('a stop that moves', () => {
  test('within the told window, its ends included, tells nobody', () => {
    expect(told().move('s1', 'Wed 13:30').passTo('Wed 12:00').messages).toHaveLength(1)
  })

  test('out of it gives one message after 20 seconds, however many edits there were', () => {
    const life = told().move('s1', 'Wed 15:00').rest()
    life.passTo('Tue 17:00:10').move('s1', 'Wed 16:00').passTo('Tue 17:00:19')
    expect(life.messages).toHaveLength(1)
    life.passTo('Wed 12:00')
    expect(life.messages.slice(1)).toEqual(['Tue 17:00:20 updated sms +15125550101'])
    expect(life.sent.at(-1)?.notification.window).toEqual({ start: moment('Wed 15:30'), end: moment('Wed 16:30') })
  })

  test('and back within the 20 seconds tells nobody', () => {
    const life = told()
      .move('s1', 'Wed 15:00')
      .rest()
      .passTo('Tue 17:00:10')
      .move('s1', 'Wed 13:00')
      .passTo('Wed 12:00')
    expect(life.messages).toHaveLength(1)
    expect(life.facts.notifications).toHaveLength(1)
  })

  test('is judged against the window that was told last', () => {
    const life = told().move('s1', 'Wed 15:00').passTo('Tue 18:00').move('s1', 'Wed 15:20').passTo('Tue 19:00')
    expect(life.messages).toHaveLength(2)
    life.move('s1', 'Wed 13:00').passTo('Tue 20:00')
    expect(life.messages.slice(1)).toEqual([
      'Tue 17:00:20 updated sms +15125550101',
      'Tue 19:00:20 updated sms +15125550101',
    ])
  })

  test('before anybody was told is confirmed at its new time', () => {
    const life = new Life(factsWith(), 'Tue 10:00').passTo('Tue 11:00').move('s1', 'Wed 15:00').passTo('Tue 17:00')
    expect(life.messages).toEqual(['Tue 16:00 confirmed sms +15125550101'])
    expect(life.sent[0]?.notification.window?.start).toBe(moment('Wed 14:30'))
  })

  test('from a time that was too late to confirm is confirmed after all', () => {
    const route = aRoute({ confirmedAt: moment('Tue 22:30') })
    const settings = settingsWith({ quietHours: night })
    const stops = [aStop({ scheduledAt: moment('Wed 06:30') })]
    const life = new Life(factsWith({ route, settings, stops }), 'Tue 22:30').rest()
    expect(life.reasons).toEqual(['confirmed sms: stale'])
    life.move('s1', 'Wed 13:00').passTo('Wed 09:00')
    expect(life.messages).toEqual(['Wed 08:00 confirmed sms +15125550101'])
  })

  test('is not told twice when the update cannot be sent', () => {
    const life = told()
    life.answer = () => 'permanent'
    life.move('s1', 'Wed 15:00').passTo('Wed 12:00')
    expect(life.facts.notifications.map(({ event, status }) => [event, status])).toEqual([
      ['confirmed', 'accepted'],
      ['updated', 'failed'],
    ])
  })

  test.each([
    ['Tue 22:00', 'Wed 15:00', 'Wed 08:00 updated sms +15125550101'],
    ['Tue 22:00', 'Wed 06:00', 'Tue 22:00:20 updated sms +15125550101'],
  ])('in quiet hours at %s to %s: %s', (at, to, message) => {
    const life = told({ settings: settingsWith({ quietHours: night }) })
      .passTo(at)
      .move('s1', to)
      .passTo('Wed 09:00')
    expect(life.messages.slice(1)).toEqual([message])
  })

  test('after the truck has arrived tells nobody', () => {
    const life = told().passTo('Wed 13:00').report('arrived').rest().move('s1', 'Wed 15:00').passTo('Wed 14:00')
    expect(life.messages.map((message) => message.split(' ')[2])).toEqual(['confirmed', 'arrived'])
  })
})

describe('a stop that is taken off the route', () => {
  test('before anybody was told is cancelled in silence', () => {
    const life = new Life(factsWith(), 'Tue 10:00').rest().edit('s1', null).passTo('Wed 12:00')
    expect(life.messages).toEqual([])
    expect(life.reasons).toEqual(['confirmed sms: cancelled'])
    expect(life.facts.route.status).toBe('completed')
  })

  test('after that gives one cancelled message', () => {
    const life = told().edit('s1', null).passTo('Wed 18:00')
    expect(life.messages.slice(1)).toEqual(['Tue 17:00:20 cancelled sms +15125550101'])
  })

  test('and put back within the 20 seconds tells nobody', () => {
    const life = told().edit('s1', null).rest().passTo('Tue 17:00:10').edit('s1', {}).passTo('Wed 12:00')
    expect(life.messages).toHaveLength(1)
  })

  test('and put back later is confirmed anew, as if the route were confirmed then', () => {
    const stops = [aStop(), aStop({ stopId: 's2', contractNumbers: [] })]
    const life = told({ stops }).edit('s1', null).passTo('Tue 18:00').edit('s1', {}).passTo('Wed 12:00')
    expect(life.messages.slice(1)).toEqual([
      'Tue 17:00:20 cancelled sms +15125550101',
      'Wed 08:00 confirmed sms +15125550101',
    ])
  })

  test('in quiet hours and back before their end tells nothing; taken off again it is cancelled after all', () => {
    const stops = [aStop(), aStop({ stopId: 's2', contractNumbers: [] })]
    const life = told({ stops, settings: settingsWith({ quietHours: night }) })
    life.passTo('Tue 22:00').edit('s1', null).passTo('Tue 23:00').edit('s1', {}).passTo('Tue 23:10')
    expect(life.reasons).toEqual(['cancelled sms: superseded'])
    life.edit('s1', null).passTo('Wed 12:00')
    expect(life.messages.slice(1)).toEqual(['Wed 08:00 cancelled sms +15125550101'])
  })

  test.each([
    ['could not be delivered', 'permanent', {}],
    ['was switched off', 'accepted', { settings: settingsWith(without('cancelled')) }],
  ] as const)('whose cancellation %s is cancelled again when it came back and is taken off again', (_, answer, off) => {
    const stops = [aStop(), aStop({ stopId: 's2', contractNumbers: [] })]
    const life = told({ stops })
    const { settings } = life.facts
    life.answer = () => answer
    life.change(off).edit('s1', null).passTo('Tue 18:00')
    expect(life.messages).toHaveLength(1)
    life.answer = () => 'accepted'
    life.change({ settings })
    // Nothing new: it is not tried again by itself, nor when another stop is edited.
    life.edit('s2', { address: '2 Main St' }).passTo('Tue 18:30')
    expect(life.messages).toHaveLength(1)
    life.edit('s1', {}).passTo('Tue 19:00')
    expect(life.messages).toHaveLength(1)
    life.edit('s1', null).passTo('Wed 12:00')
    expect(life.messages.slice(1)).toEqual(['Tue 19:00:20 cancelled sms +15125550101'])
  })

  test.each(['arrived', 'skipped'] as const)('after it was %s tells nobody', (kind) => {
    const stops = [aStop(), aStop({ stopId: 's2', contractNumbers: [] })]
    const life = told({ stops }).passTo('Wed 13:00').report(kind).rest().edit('s1', null).passTo('Wed 14:00')
    expect(life.messages.filter((message) => message.includes('cancelled'))).toEqual([])
  })

  test('added late and due at once is planned as if the route were confirmed then', () => {
    const late = { stopId: 's2', status: 'cancelled' } as const
    const life = told({ stops: [aStop(), aStop(late)] })
      .passTo('Wed 09:00')
      .edit('s2', {})
      .passTo('Wed 12:00')
    expect(life.messages.slice(1)).toEqual(['Wed 09:05 confirmed sms s2 +15125550101'])
  })
})

describe('a contract that is taken off a stop that stays', () => {
  const bob = '+15125550102'
  const two = (rows = [row('sms', bob)]) => contractsOf(aContract('C1'), aContract('C2', rows))
  const shared = (rows?: Parameters<typeof two>[0]) =>
    told({ stops: [aStop({ contractNumbers: ['C1', 'C2'] })], contracts: two(rows) })

  test('is cancelled for its customers, who were told, when edits have settled; nobody else hears of it', () => {
    const life = shared()
      .edit('s1', { contractNumbers: ['C1'] })
      .passTo('Wed 12:00')
    expect(life.messages.slice(2)).toEqual([`Tue 17:00:20 cancelled sms ${bob}`])
    expect(life.facts.notifications.at(-1)).toMatchObject({ event: 'cancelled', contractNumbers: ['C2'] })
  })

  test('and put back within the 20 seconds tells nobody', () => {
    const life = shared()
      .edit('s1', { contractNumbers: ['C1'] })
      .rest()
    life
      .passTo('Tue 17:00:10')
      .edit('s1', { contractNumbers: ['C1', 'C2'] })
      .passTo('Wed 12:00')
    expect(life.messages).toHaveLength(2)
    expect(life.reasons).toEqual([])
  })

  test('and put back later is confirmed anew', () => {
    const life = shared()
      .edit('s1', { contractNumbers: ['C1'] })
      .passTo('Tue 18:00')
    life.edit('s1', { contractNumbers: ['C1', 'C2'] }).passTo('Wed 12:00')
    expect(life.messages.slice(2)).toEqual([`Tue 17:00:20 cancelled sms ${bob}`, `Tue 18:00:20 confirmed sms ${bob}`])
  })

  test.each([
    ['is told through another contract of the stop', [row('sms', ann)]],
    ['has no tick for cancellations', [row('sms', bob, { events: ['confirmed'] })]],
  ])('tells nothing to whoever %s', (_, rows) => {
    const life = shared(rows)
    const before = life.messages
    expect(life.edit('s1', { contractNumbers: ['C1'] }).passTo('Wed 12:00').messages).toEqual(before)
  })

  test('before anybody was told, or after the truck came, tells nothing', () => {
    const stops = [aStop({ contractNumbers: ['C1', 'C2'] })]
    const early = new Life(factsWith({ stops, contracts: two() }), 'Tue 10:00').rest()
    expect(early.edit('s1', { contractNumbers: ['C1'] }).passTo('Wed 12:00').messages).toEqual([
      `Tue 16:00 confirmed sms ${ann}`,
    ])
    const there = shared().passTo('Wed 13:00').report('arrived').rest()
    const before = there.messages
    expect(there.edit('s1', { contractNumbers: ['C1'] }).passTo('Wed 14:00').messages).toEqual(before)
  })

  test('and then the stop too: everybody hears of it once', () => {
    const life = shared()
      .edit('s1', { contractNumbers: ['C1'] })
      .passTo('Tue 18:00')
      .edit('s1', null)
    expect(life.passTo('Wed 12:00').messages.slice(2)).toEqual([
      `Tue 17:00:20 cancelled sms ${bob}`,
      `Tue 18:00:20 cancelled sms ${ann}`,
    ])
  })
})

describe('a cancelled route', () => {
  test('at the moment of an arrival tells nobody that the truck does not come', () => {
    const life = told().passTo('Wed 13:00').report('arrived').route({ status: 'cancelled' }).rest()
    expect(life.messages).toHaveLength(1)
    expect(life.facts.stops).toMatchObject([{ status: 'arrived', arrivedAt: moment('Wed 13:00') }])
    expect(life.reasons).toEqual(['arrived sms: cancelled'])
  })

  test('tells who was told, at once, and is over', () => {
    const life = told().route({ status: 'cancelled' }).rest()
    expect(life.messages.slice(1)).toEqual(['Tue 17:00 cancelled sms +15125550101'])
    expect(life.plan?.over).toBe(true)
  })

  test('that was un-confirmed after its customers were told still tells them', () => {
    const life = told().route({ status: 'planned' }).passTo('Tue 18:00').route({ status: 'cancelled' }).rest()
    expect(life.messages.slice(1)).toEqual(['Tue 18:00 cancelled sms +15125550101'])
  })

  test('tells nobody of a stop where the truck has been', () => {
    const stops = [aStop(), aStop({ stopId: 's2' })]
    const life = told({ stops }).passTo('Wed 13:00').report('arrived').rest().route({ status: 'cancelled' }).rest()
    expect(life.messages.slice(3)).toEqual(['Wed 13:00 cancelled sms s2 +15125550101'])
  })

  test('waits for the end of quiet hours, and tells nobody twice', () => {
    const life = told({ settings: settingsWith({ quietHours: night }) })
      .passTo('Tue 22:00')
      .route({ status: 'cancelled' })
      .rest()
    expect(life.plan).toMatchObject({ over: false, wakeAt: moment('Wed 08:00') })
    expect(life.passTo('Thu 12:00').messages.slice(1)).toEqual(['Wed 08:00 cancelled sms +15125550101'])
  })

  test('gives up telling 12 hours after the window', () => {
    const life = told()
    life.answer = () => 'try_later'
    life.route({ status: 'cancelled' }).passTo('Thu 03:00')
    expect(life.reasons).toEqual(['cancelled sms: stale'])
    expect(life.plan?.over).toBe(true)
  })
})
