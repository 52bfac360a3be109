import { inOrder, matches } from '../../console/pages/routes/inOrder'
import { needsOf } from '../../console/pages/routes/needs'
import type { DayRoute, DayStop } from '../../console/pages/routes/useDay'

const now = Date.parse('2026-12-02T18:00:00Z')
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString()

const stop = (more: Partial<DayStop> = {}): DayStop => ({
  ...{
    stopId: 's1',
    kind: 'delivery',
    status: 'pending',
    scheduledAt: minutesAgo(-60),
    address: '1 Main St',
    messages: [],
  },
  ...more,
})
const route = (more: Partial<DayRoute> = {}): DayRoute => ({
  ...{ routeId: 'r1', name: 'North', status: 'confirmed', arrivalSource: 'driver', messages: [], stops: [stop()] },
  ...more,
})
const withMessage = (message: Partial<DayStop['messages'][number]>) =>
  route({ stops: [stop({ messages: [{ event: 'confirmed', status: 'planned', count: 1, ...message }] })] })
const said = (of: DayRoute) => needsOf(of, now).map(({ text }) => text)

test('a route on which all is well needs nothing', () => {
  expect(said(route())).toEqual([])
  expect(said(withMessage({ status: 'delivered', count: 3 }))).toEqual([])
})

test.each([
  [{ status: 'failed', reason: 'unreachable', count: 2 }, '2 messages failed'],
  [{ status: 'undelivered', count: 1 }, '1 message failed'],
  [{ status: 'unknown', count: 1 }, '1 message of unknown outcome'],
  [{ status: 'suppressed', reason: 'stale', count: 1 }, '1 message could not be sent'],
  [{ status: 'planned', plannedAt: minutesAgo(6) }, '1 message overdue'],
] as const)('%j is something to look at', (message, text) => {
  expect(said(withMessage(message))).toEqual([text])
})

test('whose customers a person told by phone is no matter any more, unless it is still to be sent', () => {
  expect(said(withMessage({ status: 'failed', reason: 'unreachable', toldByPhone: true }))).toEqual([])
  expect(said(withMessage({ status: 'unknown', toldByPhone: true }))).toEqual([])
  expect(said(withMessage({ status: 'planned', plannedAt: minutesAgo(6), toldByPhone: true }))).toEqual([
    '1 message overdue',
  ])
})

test('what somebody switched off, and what is not due, are not', () => {
  expect(said(withMessage({ status: 'suppressed', reason: 'event_off' }))).toEqual([])
  expect(said(withMessage({ status: 'held', plannedAt: minutesAgo(4) }))).toEqual([])
})

test('a stop is late half an hour after its time, while the route is live', () => {
  const late = [stop({ scheduledAt: minutesAgo(31) })]
  expect(said(route({ stops: late }))).toEqual(['1 stop late, nobody has reported'])
  expect(said(route({ stops: [stop({ scheduledAt: minutesAgo(29) })] }))).toEqual([])
  expect(said(route({ stops: late, status: 'cancelled' }))).toEqual([])
  expect(said(route({ stops: [stop({ scheduledAt: minutesAgo(31), status: 'departed' })] }))).toEqual([])
})

test('a route that nobody has confirmed two hours before its first stop', () => {
  expect(said(route({ status: 'planned' }))).toEqual(['not confirmed yet'])
  expect(said(route({ status: 'planned', stops: [stop({ scheduledAt: minutesAgo(-121) })] }))).toEqual([])
})

test('a silent device counts while it is the one that decides, on the road', () => {
  const silent = { arrivalSource: 'geofence', device: { vendor: 'samsara', lastEventAt: minutesAgo(31) } } as const
  expect(said(route({ ...silent, status: 'in_progress' }))).toEqual(['GPS silent'])
  expect(said(route({ ...silent, status: 'confirmed' }))).toEqual([])
  expect(said(route({ ...silent, status: 'in_progress', arrivalSource: 'driver' }))).toEqual([])
})

test('trouble stands first, then what is under way, then by the first stop', () => {
  const failed = { ...withMessage({ status: 'failed', reason: 'unreachable' }), routeId: 'failed' }
  const odd = { ...withMessage({ status: 'unknown' }), routeId: 'odd' }
  const early = route({ routeId: 'early', stops: [stop({ scheduledAt: minutesAgo(-30) })] })
  const done = route({ routeId: 'done', status: 'completed', stops: [] })
  const moving = route({ routeId: 'moving', status: 'in_progress' })
  const ids = inOrder([done, route({ routeId: 'later' }), early, odd, moving, failed], now).map(
    ({ route }) => route.routeId,
  )
  expect(ids).toEqual(['failed', 'odd', 'moving', 'early', 'later', 'done'])
})

test('a search finds a route by anything that the board shows of it', () => {
  const found = route({ truck: { truckId: 'T1', name: 'Truck 1' }, driver: { name: 'Dan' } })
  for (const search of ['', 'north', 'dan truck', '1 main', 'S1'])
    expect([search, matches(found, search)]).toEqual([search, true])
  expect(matches(found, 'dan south')).toBe(false)
})
