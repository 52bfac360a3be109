import fc from 'fast-check'
import type { NotificationRecord, RouteFacts } from '../../domain/facts'
import { recipientKey, sameCustomer } from '../../domain/recipients'
import { isOpen, wasTold } from '../../domain/told'
import { aContract, annMail, aRoute, aStop, contractsOf, factsWith, minute, row, settingsWith, without } from './facts'
import { type Answer, Life } from './life'
import { moment } from './schedule/week'

/** What dispatchers, drivers, customers and providers do to a route, in any order. */
type Deed = (life: Life) => unknown

const anyStopId = fc.constantFrom('s1', 's2', 's3')
const anyAnswer = fc.constantFrom<Answer>('accepted', 'accepted', 'try_later', 'permanent', 'unknown', 'crash')
const anyChange: fc.Arbitrary<Partial<RouteFacts>> = fc.constantFrom(
  { settings: settingsWith() },
  { settings: settingsWith({ quietHours: { from: '21:00', to: '08:00' } }) },
  { settings: settingsWith({ smsEnabled: false }) },
  { settings: settingsWith({ customerNotifications: false }) },
  { settings: settingsWith(without('cancelled')) },
  { optedOut: new Set(['sms:+15125550101']) },
  { optedOut: new Set<string>() },
  { contracts: people() },
  { contracts: contractsOf(aContract('C1', [row('email', annMail)]), aContract('C2', []), aContract('C3')) },
)

const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.constant<Deed>((life) => life.facts.route.status === 'planned' && life.confirm()),
  fc.constant<Deed>((life) => life.facts.route.status === 'confirmed' && life.route({ status: 'planned' })),
  fc.tuple(anyStopId, fc.constantFrom(9, 13, 14, 17)).map(
    ([stopId, at]): Deed =>
      (life) => {
        if (isOpenRoute(life)) life.edit(stopId, { scheduledAt: moment(`Wed ${String(at).padStart(2, '0')}:00`) })
      },
  ),
  anyStopId.map(
    (stopId): Deed =>
      (life) =>
        isOpenRoute(life) && life.edit(stopId, null),
  ),
  fc
    .tuple(fc.constantFrom('arrived', 'departed', 'skipped', 'enter', 'exit'), anyStopId, fc.constantFrom(0, 5, 45))
    .map(
      ([kind, stopId, ago]): Deed =>
        (life) => {
          const { status } = life.facts.route
          if (status === 'confirmed' || status === 'in_progress') life.report(kind, stopId, life.now - ago * minute)
        },
    ),
  anyChange.map(
    (change): Deed =>
      (life) =>
        life.change(change),
  ),
  fc.constantFrom('delivered', 'undelivered').map(
    (status): Deed =>
      (life) =>
        life.receipt(status),
  ),
)
const cancel: Deed = (life) => life.facts.route.status !== 'completed' && life.route({ status: 'cancelled' })

const anyLife = fc.record({
  settings: anyChange,
  deeds: fc.array(fc.tuple(fc.constantFrom(0, 0, 0.1, 5, 60, 240, 900), anyDeed), { maxLength: 12 }),
  cancels: fc.boolean(),
  answers: fc.array(anyAnswer, { maxLength: 40 }),
})

function isOpenRoute(life: Life): boolean {
  return life.facts.route.status !== 'completed' && life.facts.route.status !== 'cancelled'
}

function people() {
  return contractsOf(
    aContract('C1', [row('sms', '+15125550101'), row('email', annMail, { onlyIfTextFails: true })]),
    aContract('C2', [row('sms', '+15125550101'), row('email', 'bob@example.com')]),
    aContract('C3', [row('sms', '+15125550103', { events: ['confirmed', 'departed'] })]),
  )
}

const boss = {
  method: 'email' as const,
  address: 'boss@acme.example',
  events: ['confirmed' as const, 'updated' as const],
}

/** Lives any life to its end; `Life` itself throws when a plan does not come to rest or a status moves backward. */
function law(sentence: string, holds: (life: Life) => void): void {
  test(sentence, () =>
    fc.assert(
      fc.property(anyLife, ({ settings, deeds, cancels, answers }) => {
        const stops = ['C1', 'C2', 'C3'].map((contract, index) =>
          aStop({ stopId: `s${index + 1}`, contractNumbers: contract === 'C1' ? ['C1', 'C2'] : [contract] }),
        )
        const facts = factsWith({ stops, contracts: people(), ...settings })
        facts.settings = { ...facts.settings, internalRecipients: [boss] }
        const life = new Life(facts, 'Tue 10:00')
        const left = [...answers]
        life.answer = () => left.shift() ?? 'accepted'
        for (const [wait, deed] of cancels ? [...deeds, [5, cancel] as const] : deeds) {
          life.passTo(life.now + wait * minute)
          deed(life)
        }
        life.passTo('+Wed 12:00')
        holds(life)
      }),
      { numRuns: 60 },
    ),
  )
}

/** Notifications of one event (or of any plan event) to one address about one stop, in the order of planning. */
function byRecipient({ facts }: Life): NotificationRecord[][] {
  const groups = new Map<string, NotificationRecord[]>()
  for (const each of facts.notifications) {
    const key = `${each.stopId} ${recipientKey(each)}`
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()]
}

law(
  'a route comes to an end, and every notification with it: told, failed, or suppressed with a reason',
  ({ facts, plan }) => {
    if (facts.route.status !== 'planned') expect(['completed', 'cancelled']).toContain(facts.route.status)
    expect(plan?.over).toBe(true)
    for (const notification of facts.notifications) {
      expect({ ...notification, open: isOpen(notification) }).toMatchObject({ open: false })
      if (notification.status === 'suppressed') expect(notification.reason).not.toBeNull()
    }
  },
)

law('nobody is told of an arrival or a departure twice, nor of one window twice in a row', (life) => {
  for (const ofRecipient of byRecipient(life)) {
    const told = ofRecipient.filter(wasTold)
    for (const event of ['arrived', 'departed'])
      expect(told.filter((each) => each.event === event).length).toBeLessThanOrEqual(1)
    const plans = told.filter(({ event }) => event !== 'arrived' && event !== 'departed')
    for (const [index, next] of plans.entries()) {
      const before = plans[index - 1]
      if (before === undefined || next.stopId === null) continue
      if (next.event === 'confirmed') expect(before.event).toBe('cancelled')
      else expect(before.event).not.toBe('cancelled')
      if (next.event === 'updated') expect(next.window).not.toEqual(before.window)
    }
  }
})

law('what goes out is true at that moment', (life) => {
  for (const { notification, facts } of life.sent) {
    const stop = facts.stops.find(({ stopId }) => stopId === notification.stopId)
    const off = facts.route.status === 'cancelled' || stop?.status === 'cancelled'
    expect(off).toBe(notification.event === 'cancelled')
    expect(facts.route.status).not.toBe('planned')
    if (notification.event === 'confirmed' && stop !== undefined) expect(stop.status).toBe('pending')
    if (notification.event === 'updated') expect(stop?.status).toBe('pending')
    if (notification.event === 'arrived') expect(stop?.status).toBe('arrived')
    if (notification.event === 'departed') expect(stop?.status).toBe('departed')
    if (!notification.internal) expect(facts.optedOut.has(recipientKey(notification))).toBe(false)
    expect(facts.settings.customerNotifications).toBe(true)
  }
})

law(
  'everybody who is listed for a stop of a route that has run was told of it, or there is the reason why not',
  ({ facts }) => {
    if (facts.route.status !== 'completed') return
    for (const stop of facts.stops.filter(({ status }) => status !== 'cancelled')) {
      const rows = stop.contractNumbers.flatMap((number) => facts.contracts.get(number)?.deliveryNotifications ?? [])
      for (const { method, address, onlyIfTextFails } of rows) {
        if (onlyIfTextFails) continue
        const customer = sameCustomer(stop, facts.contracts, { channel: method, address }, 'confirmed')
        const about = facts.notifications.filter(
          (each) => each.stopId === stop.stopId && each.event === 'confirmed' && customer.has(recipientKey(each)),
        )
        expect(about).not.toEqual([])
      }
    }
  },
)

law(
  'revisions of one message count up from 1, and a new one is planned only after the one before has ended',
  (life) => {
    for (const ofRecipient of byRecipient(life)) {
      for (const event of new Set(ofRecipient.map((each) => each.event))) {
        const revisions = ofRecipient.filter((each) => each.event === event).map(({ revision }) => revision)
        expect(revisions).toEqual(revisions.map((_, index) => index + 1))
      }
    }
  },
)

test('planning a route again and again adds nothing', () => {
  const life = new Life(factsWith({ route: aRoute(), contracts: people() }), 'Tue 10:00').passTo('Tue 17:00')
  const before = life.facts
  for (let again = 0; again < 3; again++) life.rest()
  expect(life.facts).toEqual(before)
})
