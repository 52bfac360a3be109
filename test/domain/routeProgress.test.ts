import type { RouteFacts } from '../../domain/facts'
import { routeProgress } from '../../domain/routeProgress'
import { aNotification, aReport, aRoute, aStop, factsWith } from './facts'
import { moment, spoken } from './schedule/week'

const two = [aStop(), aStop({ stopId: 's2', scheduledAt: moment('Wed 15:00') })]
const progress = (change: Partial<RouteFacts>, now = 'Wed 14:00') =>
  routeProgress(factsWith({ stops: two, ...change }), moment(now))
const at = moment('Wed 13:00')

test.each([
  ['before its first arrival', [], 'confirmed', ['pending', 'pending']],
  ['from its first arrival', [aReport('arrived', at)], 'in_progress', ['arrived', 'pending']],
  [
    'while a stop is left',
    [aReport('departed', at), aReport('arrived', at, 's2')],
    'in_progress',
    ['departed', 'arrived'],
  ],
  [
    'when every stop is departed',
    [aReport('departed', at), aReport('departed', at, 's2')],
    'completed',
    ['departed', 'departed'],
  ],
  [
    'when the rest is skipped',
    [aReport('departed', at), aReport('skipped', at, 's2')],
    'completed',
    ['departed', 'skipped'],
  ],
])('a route %s', (_, visitEvents, status, stops) => {
  const found = progress({ visitEvents })
  expect([found.status, found.stops.map((stop) => stop.status)]).toEqual([status, stops])
})

test('a stop that was taken off the route needs no visit, and keeps its status', () => {
  const stops = [aStop({ status: 'cancelled' }), aStop({ stopId: 's2' })]
  const visitEvents = [aReport('arrived', at), aReport('departed', at, 's2')]
  expect(progress({ stops, visitEvents })).toMatchObject({ status: 'completed', stops: [{ status: 'cancelled' }, {}] })
})

test('a route whose last stop was taken off stays while edits are collected', () => {
  const stops = [aStop({ status: 'cancelled' })]
  const route = aRoute({ editedAt: moment('Wed 14:00') })
  expect(progress({ stops, route }, 'Wed 14:00:19').status).toBe('confirmed')
  expect(progress({ stops, route }, 'Wed 14:00:20').status).toBe('completed')
})

test('a route in progress stays so when the stop of its arrival is taken off', () => {
  expect(progress({ route: aRoute({ status: 'in_progress' }) }).status).toBe('in_progress')
})

test.each(['planned', 'completed'] as const)('a %s route stays as it is, whatever is reported', (status) => {
  const found = progress({ route: aRoute({ status }), visitEvents: [aReport('arrived', at)] })
  expect(found).toEqual({ stops: two, status, undecidedUntil: null, closesAt: null })
})

test('a cancelled route is cancelled, and a stop that was reported before is where the truck was', () => {
  const found = progress({ route: aRoute({ status: 'cancelled' }), visitEvents: [aReport('arrived', at)] })
  expect(found).toMatchObject({ status: 'cancelled', undecidedUntil: null, closesAt: null })
  expect(found.stops.map(({ status, arrivedAt }) => [status, arrivedAt])).toEqual([
    ['arrived', at],
    ['pending', null],
  ])
})

test('the earliest dwell that is not over decides when to look again', () => {
  const visitEvents = [aReport('enter', moment('Wed 13:59:30')), aReport('enter', moment('Wed 13:59:10'), 's2')]
  expect(progress({ visitEvents }).undecidedUntil).toBe(moment('Wed 14:00:10'))
})

describe('a route closes by itself', () => {
  const closes = (change: Partial<RouteFacts>) => spoken(progress(change).closesAt ?? 0)

  test('12 hours after its last window', () => {
    expect(closes({})).toBe('Thu 03:30')
    expect(progress({}, 'Thu 03:29:59').status).toBe('confirmed')
    expect(progress({}, 'Thu 03:30').status).toBe('completed')
  })

  test('which is the told one if that is later', () => {
    const window = { start: moment('Wed 17:00'), end: moment('Wed 18:00') }
    expect(closes({ notifications: [aNotification({ status: 'sent', window })] })).toBe('Thu 06:00')
    expect(closes({ notifications: [aNotification({ status: 'planned', window })] })).toBe('Thu 03:30')
  })

  test('without regard to a stop that was taken off', () => {
    expect(
      closes({ stops: [aStop(), aStop({ stopId: 's2', scheduledAt: moment('Wed 20:00'), status: 'cancelled' })] }),
    ).toBe('Thu 01:30')
  })

  test('never less than 12 hours after it was confirmed, however late that was', () => {
    expect(closes({ route: aRoute({ confirmedAt: moment('Wed 23:00') }) })).toBe('Thu 11:00')
  })
})
