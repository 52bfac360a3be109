import type { StopRecord } from '../../domain/facts'
import { planRoute } from '../../domain/planRoute'
import {
  aContract,
  aNotification,
  annMail,
  aRoute,
  aStop,
  bothChannels,
  contractsOf,
  factsWith,
  minute,
  row,
} from './facts'
import { Life } from './life'
import { moment } from './schedule/week'

/** Confirmed on Tuesday at 10:00, told on Tuesday at 16:00. */
const told = (change: Parameters<typeof factsWith>[0] = {}) =>
  new Life(factsWith(change), 'Tue 10:00').passTo('Tue 17:00')

describe('a confirmed route', () => {
  test('sleeps until the cutoff, tells, follows the truck and is over', () => {
    const life = new Life(factsWith(), 'Tue 10:00').rest()
    expect(life.plan?.wakeAt).toBe(moment('Tue 16:00'))
    life.passTo('Wed 13:05').report('arrived').rest()
    expect(life.facts.route.status).toBe('in_progress')
    life.passTo('Wed 13:20').report('departed').rest()
    expect(life.messages).toEqual([
      'Tue 16:00 confirmed sms +15125550101',
      'Wed 13:05 arrived sms +15125550101',
      'Wed 13:20 departed sms +15125550101',
    ])
    expect(life.facts.route.status).toBe('completed')
    expect(life.plan).toMatchObject({ over: true, wakeAt: null })
  })

  test('closes by itself 12 hours after its last told window, and its stops stay as they are', () => {
    const life = told()
    expect(life.plan?.wakeAt).toBe(moment('Thu 01:30'))
    life.passTo('Thu 01:29')
    expect(life.facts.route.status).toBe('confirmed')
    life.passTo('Thu 01:30')
    expect(life.facts.route.status).toBe('completed')
    expect(life.facts.stops[0]?.status).toBe('pending')
    expect(life.plan?.over).toBe(true)
  })

  test('that nobody looked at until it was too late names the reason of every message that was owed', () => {
    const life = new Life(factsWith(), 'Thu 09:00').rest()
    expect(life.reasons).toEqual(['confirmed sms: stale'])
    expect(life.plan?.over).toBe(true)
  })

  test('wakes when a geofence entry has dwelt', () => {
    const life = told().passTo('Wed 13:00').report('enter').rest()
    expect(life.plan?.wakeAt).toBe(moment('Wed 13:01'))
    life.passTo('Wed 13:02')
    expect(life.messages.at(-1)).toBe('Wed 13:01 arrived sms +15125550101')
  })
})

describe('arrivals', () => {
  test('an arrival before the confirmation went out supersedes it', () => {
    const life = new Life(factsWith(), 'Tue 10:00').passTo('Tue 12:00').report('arrived').passTo('Tue 18:00')
    expect(life.messages).toEqual(['Tue 12:00 arrived sms +15125550101'])
    expect(life.reasons).toEqual(['confirmed sms: superseded'])
  })

  test('also when the engine first saw the route after the arrival', () => {
    const life = new Life(factsWith(), 'Tue 10:00').report('arrived').rest()
    expect(life.reasons).toEqual(['confirmed sms: superseded'])
  })

  test('a departure without an arrival sends only departed', () => {
    const life = told().passTo('Wed 13:00').report('departed').rest()
    expect(life.messages).toEqual(['Tue 16:00 confirmed sms +15125550101', 'Wed 13:00 departed sms +15125550101'])
    expect(life.facts.stops[0]).toMatchObject({ status: 'departed', arrivedAt: moment('Wed 13:00') })
    expect(life.reasons).toEqual([])
  })

  test('a second arrival is not sent', () => {
    const life = told().passTo('Wed 13:00').report('arrived').passTo('Wed 13:10').report('arrived').passTo('Wed 13:20')
    expect(life.messages.filter((message) => message.includes('arrived'))).toHaveLength(1)
  })

  test('an arrival that is reported together with the departure is superseded', () => {
    const life = told().passTo('Wed 13:10').report('arrived', 's1', moment('Wed 13:00')).report('departed').rest()
    expect(life.messages.slice(1)).toEqual(['Wed 13:10 departed sms +15125550101'])
    expect(life.reasons).toEqual(['arrived sms: superseded'])
  })

  test('an event older than maxEventAgeMinutes moves the stop and tells nobody', () => {
    const life = told().passTo('Wed 13:31').report('arrived', 's1', moment('Wed 13:00')).rest()
    expect(life.facts.stops[0]?.status).toBe('arrived')
    expect(life.reasons).toEqual(['arrived sms: stale'])
  })

  test('a skipped stop tells nobody, and a later arrival still counts', () => {
    const stops = [aStop(), aStop({ stopId: 's2' })]
    const life = new Life(factsWith({ stops }), 'Tue 10:00').passTo('Tue 11:00').report('skipped').passTo('Tue 17:00')
    expect(life.reasons).toEqual(['confirmed sms: cancelled'])
    expect(life.messages).toEqual(['Tue 16:00 confirmed sms s2 +15125550101'])
    life.passTo('Wed 13:00').report('arrived').rest()
    expect(life.messages.at(-1)).toBe('Wed 13:00 arrived sms +15125550101')
    expect(life.reasons).toHaveLength(1)
  })

  test('a stop skipped last does not end the route while a truck dwells there', () => {
    const life = told().passTo('Wed 13:00').report('enter').report('skipped').rest()
    expect(life.facts.route.status).toBe('confirmed')
    life.passTo('Wed 13:02')
    expect(life.facts.stops[0]?.status).toBe('arrived')
  })
})

describe('an outcome', () => {
  test('of "try later" is tried again after 5 s, 30 s, 2 min, then every 10 min while still true', () => {
    const life = new Life(factsWith(), 'Wed 11:00')
    const tried: number[] = []
    life.answer = () => {
      tried.push(life.now)
      return 'try_later'
    }
    life.passTo('Wed 14:00')
    expect(tried.slice(0, 5).map((at) => (at - moment('Wed 11:00')) / 1000)).toEqual([0, 5, 35, 155, 755])
    expect(tried.at(-1)).toBeLessThanOrEqual(moment('Wed 12:30'))
    expect(life.reasons).toEqual(['confirmed sms: stale'])
  })

  test('of a text that is unknown counts as told, is looked up three times and never sent again', () => {
    const life = new Life(factsWith(), 'Tue 10:00')
    life.answer = () => 'unknown'
    life.passTo('Tue 17:00')
    expect(life.facts.notifications).toMatchObject([{ status: 'unknown', lookUps: 3, lastAttempt: { number: 1 } }])
    life.answer = () => 'accepted'
    life.edit('s1', null).passTo('Tue 18:00')
    expect(life.messages).toEqual(['Tue 17:00:20 cancelled sms +15125550101'])
  })

  test('of a text whose worker died is sent after all when the provider never had it', () => {
    const life = new Life(factsWith(), 'Tue 10:00')
    life.answer = ({ lastAttempt }) => (lastAttempt === null ? 'crash' : 'accepted')
    life.passTo('Tue 17:00')
    expect(life.messages).toEqual(['Tue 16:10 confirmed sms +15125550101'])
  })

  test('of such a text is superseded when the customer has been told otherwise meanwhile', () => {
    const life = new Life(factsWith(), 'Tue 10:00')
    life.answer = ({ event }) => (event === 'confirmed' ? 'crash' : 'accepted')
    life.passTo('Tue 16:01').move('s1', 'Wed 15:00').passTo('Tue 17:00')
    expect(life.messages).toEqual(['Tue 16:01:20 updated sms +15125550101'])
    expect(life.reasons).toEqual(['confirmed sms: superseded'])
  })

  test('of such a text is superseded when the stop went and came back meanwhile', () => {
    const life = new Life(factsWith({ stops: [aStop(), aStop({ stopId: 's2', contractNumbers: [] })] }), 'Wed 09:00')
    life.answer = () => (life.now === moment('Wed 09:00') ? 'crash' : 'accepted')
    // It is known at 09:10 that the text of 09:00 never left; the one that replaces it is due at 09:14.
    life.passTo('Wed 09:01').edit('s1', null).passTo('Wed 09:09').edit('s1', {}).passTo('Wed 11:00')
    expect(life.messages).toEqual(['Wed 09:01:20 cancelled sms +15125550101', 'Wed 09:14 confirmed sms +15125550101'])
    expect(life.reasons).toEqual(['confirmed sms: superseded'])
  })

  test('of an email that is unknown is tried again; when the stop goes, the customer is told so', () => {
    const contracts = contractsOf(aContract('C1', [row('email', annMail)]))
    const life = new Life(factsWith({ contracts }), 'Tue 10:00')
    life.answer = ({ event }) => (event === 'confirmed' ? 'unknown' : 'accepted')
    life.passTo('Tue 16:20')
    expect(life.facts.notifications).toMatchObject([{ status: 'sending', lastAttempt: { number: 5 } }])
    life.edit('s1', null).passTo('Tue 17:00')
    expect(life.facts.notifications[0]).toMatchObject({ status: 'unknown', reason: null })
    expect(life.messages).toEqual([`Tue 16:20:20 cancelled email ${annMail}`])
  })

  test('of an email that is unknown is followed by an update when the stop moves out of the window that it names', () => {
    const contracts = contractsOf(aContract('C1', [row('email', annMail)]))
    const life = new Life(factsWith({ contracts }), 'Tue 10:00')
    life.answer = ({ event }) => (event === 'confirmed' ? 'unknown' : 'accepted')
    life.passTo('Tue 16:20').move('s1', 'Wed 15:00').passTo('Tue 17:00')
    expect(life.messages).toEqual([`Tue 16:20:20 updated email ${annMail}`])
    expect(life.facts.notifications[0]).toMatchObject({ status: 'unknown', window: { start: moment('Wed 12:30') } })
  })
})

describe('wakeAt', () => {
  const plan = (change: Parameters<typeof factsWith>[0], now: number) => planRoute(factsWith(change), now, bothChannels)

  test('is the earliest of what there is to do', () => {
    const stops: StopRecord[] = [aStop(), aStop({ stopId: 's2' })]
    const notifications = [
      aNotification({
        status: 'unknown',
        lastAttempt: { number: 1, at: moment('Tue 16:00'), outcome: 'unknown', retryAt: null },
      }),
    ]
    expect(plan({ stops, notifications }, moment('Tue 16:00')).wakeAt).toBe(moment('Tue 16:00'))
    const sent = [...notifications, aNotification({ stopId: 's2', status: 'accepted' })]
    expect(plan({ stops, notifications: sent }, moment('Tue 16:00')).wakeAt).toBe(moment('Tue 16:00') + minute / 2)
  })

  test('is null, and the route over, once it is planned again and nothing is open', () => {
    const route = aRoute({ status: 'planned' })
    expect(plan({ route, notifications: [aNotification({ status: 'accepted' })] }, moment('Tue 17:00'))).toMatchObject({
      wakeAt: null,
      over: true,
    })
  })
})
