import { groupByRoute, type NotTold } from '../../console/pages/notTold/groupByRoute'
import { whatToDo } from '../../console/pages/notTold/whatToDo'
import { failureReasons } from '../../domain/reasons'
import { suppressionReasons } from '../../domain/words'

const reasons = [...suppressionReasons, ...failureReasons, 'no_delivery_notification', 'unknown']

test.each(reasons)('there is something to do, or a word that there is not, for %s', (reason) => {
  expect(whatToDo(reason)).toMatch(/^[A-Z].*\.$/)
  expect(whatToDo(reason)).not.toBe(whatToDo('a reason that nobody knows'))
})

type Message = Parameters<typeof groupByRoute>[1][number]

const message = (id: string, more: Partial<Message> = {}): Message => ({
  ...{ id, routeId: 'R1', stopId: 's1', event: 'confirmed', channel: 'sms', recipient: '+13125550100' },
  ...{ contractNumbers: ['C1'], status: 'failed', reason: 'unreachable', shortened: false, attempts: [] },
  ...more,
})
const missedIn = (routeId: string, notificationIds: string[]): NotTold => ({
  ...{ routeId, stopId: 's1', contractNumber: 'C1', event: 'confirmed', reason: 'unreachable' },
  ...{ reasonText: 'The phone cannot be reached.', notificationIds },
})

test('a customer stands with what can be sent again, and once', () => {
  const [route, ...more] = groupByRoute([missedIn('R1', ['m1', 'suppressed one'])], [message('m1')]).routes
  expect(more).toEqual([])
  expect(route?.customers.map(({ messages }) => messages.map(({ id }) => id))).toEqual([['m1']])
  expect(route?.others).toEqual([])
})

test('a message that did not arrive stands there though its customer was told in another way', () => {
  const [route] = groupByRoute([], [message('m1')]).routes
  expect(route).toMatchObject({ routeId: 'R1', customers: [], others: [{ id: 'm1' }] })
})

test('what was planned again since then stands nowhere', () => {
  expect(groupByRoute([], [message('m1', { successorId: 'm2' })]).routes).toEqual([])
})

test('routes come in the order of their ids', () => {
  const { routes } = groupByRoute([missedIn('R2', [])], [message('m1', { routeId: 'R1' })])
  expect(routes.map(({ routeId }) => routeId)).toEqual(['R1', 'R2'])
})

test('whom somebody told by phone stands apart, and what did not reach them needs nobody', () => {
  const told = { ...missedIn('R1', ['m1']), toldByPhone: { by: 'Dana', at: '2026-12-01T18:00:00Z' } }
  expect(groupByRoute([told], [message('m1')])).toEqual({ routes: [], toldByPhone: [told] })
})
