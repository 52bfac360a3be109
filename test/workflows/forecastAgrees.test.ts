import fc from 'fast-check'
import { recordConsent } from '../../db/consents'
import { putRoute } from '../../db/putRoute'
import { readRouteFacts } from '../../db/routeFacts'
import { setRouteStatus } from '../../db/routes'
import { type Forecast, type ForecastEntry, forecastRoute } from '../../domain/forecastRoute'
import { type NotTold, notToldOf } from '../../domain/notTold'
import { addDays, dateOf, instantAt } from '../../domain/schedule/zonedTime'
import { type DeliveryNotification, type Event, events, type Instant } from '../../domain/words'
import { minutes, next, type Scene, setScene, settingsWith, zone } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** Moments after a Monday, as day and wall-clock time in Chicago. Few, so that many routes share each step of time. */
const confirmations = ['0 10:00', '0 16:00', '0 16:01', '0 22:30', '0 22:30', '1 06:10', '1 06:10', '1 09:00']
const visits = { 1: ['1 06:30', '1 09:30', '1 13:00', '1 21:30'], 2: ['2 06:30', '2 10:00', '2 13:00'] }

const anyRow: fc.Arbitrary<DeliveryNotification> = fc
  .record({
    address: fc.constantFrom('+15125550101', '+15125550102', 'ann@example.com', 'bob@example.com'),
    events: fc.constantFrom<Event[]>([...events], [...events], ['confirmed'], ['arrived', 'departed']),
    standsIn: fc.boolean(),
  })
  .map(({ address, events, standsIn }) => {
    const method = address.startsWith('+') ? 'sms' : 'email'
    return { method, address, events, onlyIfTextFails: standsIn && method === 'email' }
  })
const anyContract = fc.uniqueArray(anyRow, { maxLength: 3, selector: ({ address }) => address })

const mostly = fc.constantFrom(true, true, true, false)
const anySettings = fc
  .record({
    customerNotifications: fc.constantFrom(true, true, true, true, true, true, false),
    smsEnabled: mostly,
    timeFormat: fc.constantFrom('12h' as const, '24h' as const),
    quietHours: fc.constantFrom({ from: '21:00', to: '08:00' }, { from: '21:00', to: '08:00' }, null),
    sms: fc.record({ characterLimit: fc.constantFrom(60, 100, 160) }),
    holidays: fc.constantFrom<number[]>([], [], [1]),
    confirmation: fc.record({
      sendAfter: fc.constantFrom('16:00', '16:00', '20:30'),
      policy: fc.constantFrom('at_cutoff' as const, 'until_cutoff' as const, 'from_cutoff' as const),
      sameDayDelayMinutes: fc.constantFrom(0, 5),
      minNoticeMinutes: fc.constantFrom(0, 0, 600),
      leadBusinessDays: fc.constantFrom(null, null, 1),
    }),
    on: fc.tuple(mostly, mostly, mostly),
    boss: fc.constantFrom<Event[]>([], ['confirmed'], ['confirmed', 'arrived']),
  })
  .map(({ on, boss, ...rest }) => ({ on, internalRecipients: boss.length > 0 ? [bossOf(boss)] : [], ...rest }))

const bossOf = (told: Event[]) => ({ method: 'sms' as const, address: '+15125550199', events: told })

const anyRoute = fc.constantFrom<1 | 2>(1, 2).chain((day) =>
  fc.record({
    settings: anySettings,
    contracts: fc.array(anyContract, { minLength: 2, maxLength: 3 }),
    confirmed: fc.constantFrom(...confirmations),
    stops: fc.array(fc.record({ at: fc.constantFrom(...visits[day]), far: fc.boolean() }), {
      minLength: 1,
      maxLength: 2,
    }),
    optedOut: fc.constantFrom(null, null, '+15125550101', 'bob@example.com'),
  }),
)
type AnyRoute = typeof anyRoute extends fc.Arbitrary<infer Value> ? Value : never

interface Played {
  scene: Scene
  confirmedAt: Instant
  stops: { stopId: string; at: Instant }[]
  forecast: Forecast
}

/** Stores a planned route and asks for its forecast, hours or days before it is confirmed. */
async function foreseen(route: AnyRoute, monday: Instant): Promise<Played> {
  const when = (text: string) => momentOf(text, monday)
  const { on, holidays, ...settings } = route.settings
  const base = settingsWith()
  const switched = { ...base.events }
  for (const [index, event] of (['confirmed', 'arrived', 'departed'] as const).entries())
    switched[event] = { ...switched[event], enabled: on[index] ?? true }
  const recipients = Object.fromEntries(route.contracts.map((rows, index) => [`C${index + 1}`, rows]))
  const scene = await setScene(world, {
    settings: {
      ...base,
      ...settings,
      events: switched,
      holidays: holidays.map((day) => addDays(dateOf(monday, zone), day)),
    },
    recipients,
  })
  const { ref, companyId } = scene
  const stops = route.stops.map(({ at, far }, index) => ({ stopId: `s${index + 1}`, at: when(at), far }))
  const numbers = Object.keys(recipients)
  await world.db.transaction((trx) =>
    putRoute(trx, companyId, {
      routeId: ref.routeId,
      name: 'North',
      serviceDate: dateOf(stops[0]?.at ?? 0, zone),
      truckId: null,
      driverName: 'Mike',
      stops: stops.map(({ stopId, at, far }, index) => ({
        stopId,
        kind: index === 0 ? 'delivery' : 'pickup',
        scheduledAt: at,
        address: '1 Main St, Austin',
        timeZone: far ? 'America/New_York' : null,
        location: null,
        geofenceId: null,
        // The first two contracts share the first stop.
        contractNumbers: index === 0 ? numbers.slice(0, 2) : numbers.slice(-1),
      })),
    }),
  )
  if (route.optedOut !== null) {
    const channel = route.optedOut.startsWith('+') ? 'sms' : 'email'
    const address = route.optedOut
    await recordConsent(world.db, { companyId, channel, address, action: 'revoked', source: 'test' })
  }
  const confirmedAt = when(route.confirmed)
  const facts = await readRouteFacts(world.db, ref, confirmedAt)
  if (facts === null) throw new Error('The route is not stored.')
  return { scene, confirmedAt, stops, forecast: forecastRoute(facts, confirmedAt, { sms: true, email: true }) }
}

function momentOf(text: string, monday: Instant): Instant {
  const [day = '', time = ''] = text.split(' ')
  return instantAt(addDays(dateOf(monday, zone), Number(day)), time, zone)
}

/** Confirms each route when it was asked about, and lets its truck come as planned. */
async function live(played: Played[]): Promise<void> {
  const deeds = played.flatMap(({ scene, confirmedAt, stops }) => [
    { at: confirmedAt, scene, act: () => confirm(scene, confirmedAt) },
    ...stops.flatMap(({ stopId, at }) => {
      // A truck that was to come before the confirmation comes when its customers have been told.
      const comes = Math.max(at, confirmedAt + 10 * minutes)
      return [
        { at: comes, scene, act: () => scene.report('arrived', stopId, comes) },
        { at: comes + 5 * minutes, scene, act: () => scene.report('departed', stopId, comes + 5 * minutes) },
      ]
    }),
  ])
  for (const at of [...new Set(deeds.map((deed) => deed.at))].sort((a, b) => a - b)) {
    // Not to the very moment: the server overshoots when something comes due in the milliseconds in which it stops.
    await world.passTo(at + 3_000)
    const now = deeds.filter((deed) => deed.at === at)
    await Promise.all(now.map(({ act }) => act()))
    await Promise.all(now.map(({ scene }) => world.untilAtRest(scene.ref)))
  }
}

async function confirm({ ref }: Scene, confirmedAt: Instant): Promise<void> {
  await world.db.transaction((trx) => setRouteStatus(trx, ref, 'confirmed', { confirmedAt, confirmation: 1 }))
  await world.tell(ref, 'confirmed')
}

const keyOf = (entry: Pick<ForecastEntry, 'stopId' | 'event' | 'channel' | 'recipient'>) =>
  [entry.stopId ?? 'route', entry.event, entry.channel, entry.recipient].join(' ')

/** What became of each recipient, in the words of a forecast; moments to the minute. */
async function happened({ scene }: Played): Promise<Map<string, string>> {
  const rows = await scene.notifications()
  return new Map(
    rows.map((row) => {
      const sent = row.status === 'accepted' || row.status === 'sent' || row.status === 'delivered'
      const known = row.event === 'confirmed' && row.sentAt !== null
      const ended = sent
        ? `sent ${known ? minuteOf(row.sentAt ?? 0) : ''} ${row.subject ?? ''} ${row.text}`
        : `${row.status} ${row.reason}`
      return [keyOf(row), ended]
    }),
  )
}

/** The same as it was forecast. */
function expected({ forecast }: Played): Map<string, string> {
  return new Map(
    forecast.notifications.map((entry) => {
      const { action, sendAt, reason, subject, text } = entry
      const ended =
        action === 'suppress'
          ? `suppressed ${reason}`
          : `sent ${sendAt === null ? '' : minuteOf(sendAt)} ${subject ?? ''} ${text}`
      return [keyOf(entry), ended]
    }),
  )
}

const minuteOf = (at: Instant) => new Date(Math.floor(at / minutes) * minutes).toISOString()
const withoutIds = (list: NotTold[]) => list.map(({ notificationIds, ...entry }) => entry)

async function agrees(played: Played): Promise<void> {
  const [truth, told] = [await happened(played), expected(played)]
  for (const entry of played.forecast.notifications) {
    // An email for when the text fails: its moment is nobody's to know, and it may not go at all.
    if (entry.action !== 'hold' || entry.sendAt !== null) continue
    const key = keyOf(entry)
    const standIn = truth.get(key)
    if (standIn !== undefined) expect(standIn).toContain(` ${entry.subject} ${entry.text}`)
    truth.delete(key)
    told.delete(key)
  }
  expect(Object.fromEntries(truth)).toEqual(Object.fromEntries(told))
  const facts = await readRouteFacts(world.db, played.scene.ref, world.now())
  if (facts === null) throw new Error('The route is gone.')
  expect(withoutIds(notToldOf(facts))).toEqual(withoutIds(played.forecast.notTold))
}

test('a forecast and what is then sent agree: who, when to the minute, in which words, and why not', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(anyRoute, { minLength: 14, maxLength: 14 }), async (routes) => {
      const monday = next(world.now(), 1, '05:00')
      await world.passTo(monday)
      const possible = routes.filter(
        ({ confirmed, stops }) => confirmed.slice(0, 1) <= (stops[0]?.at ?? '').slice(0, 1),
      )
      const played = await Promise.all(possible.map((route) => foreseen(route, monday)))
      await live(played)
      for (const each of played) {
        await agrees(each)
        for (const { action, reason, sendAt } of each.forecast.notifications)
          seen.add(reason ?? (sendAt === null ? `${action} some time` : action))
      }
      await world.clear()
    }),
    { numRuns: 4, seed: 20261201, endOnFailure: true },
  )
  // The routes were of all kinds.
  for (const kind of [
    'send',
    'hold',
    'hold some time',
    'stale',
    'opted_out',
    'sms_off',
    'event_off',
    'notifications_off',
  ])
    expect(seen).toContain(kind)
}, 120_000)
