import { eraseRoutes } from '../../db/eraseRoutes'
import { notificationsOfRoute } from '../../db/notifications'
import { takeRouteFacts } from '../../db/routeFacts'
import { setRouteStatus } from '../../db/routes'
import { getRoute } from '../../db/routeViews'
import type { RouteRef } from '../../domain/routeWorkflow'
import type { RouteStatus } from '../../domain/words'
import { aStop, confirmedRoute, noon, seedCompany, seedNotification } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string
beforeEach(async () => {
  companyId = await seedCompany(database.db)
})

/** A route of that day which has come to `status`, with one text about its stop. */
async function route(routeId: string, serviceDate: string, status: RouteStatus, text: Record<string, unknown> = {}) {
  const stop = aStop('s1', { location: { latitude: 30, longitude: -97 } })
  const ref = await confirmedRoute(database.db, companyId, routeId, [stop], { serviceDate, driverName: 'Dan' })
  await setRouteStatus(database.db, ref, status)
  const sent = { status: 'sent', text: 'Hello Ann', subject: 'Hi' }
  const id = await seedNotification(database.db, {
    company_id: companyId,
    route_id: routeId,
    stop_id: 's1',
    ...sent,
    ...text,
  })
  return { ref, id }
}

const erase = (limit = 10) => eraseRoutes(database.db, companyId, '2026-11-01', limit)
async function isErased({ companyId, routeId }: RouteRef): Promise<boolean> {
  const { erased_at } = await database.db('routes').where({ company_id: companyId, route_id: routeId }).first()
  return erased_at !== null
}

test.each<[RouteStatus, boolean]>([
  ['completed', true],
  ['cancelled', true],
  ['planned', false],
  ['confirmed', false],
  ['in_progress', false],
])('a route that is %s and old enough is erased: %s', async (status, expected) => {
  const { ref, id } = await route('r1', '2026-10-31', status)
  expect(await erase()).toBe(expected ? 1 : 0)
  expect(await isErased(ref)).toBe(expected)
  const [notification] = await notificationsOfRoute(database.db, ref)
  expect(notification).toMatchObject(
    expected
      ? { id, recipient: 'erased', text: null, subject: null }
      : { id, recipient: '+13125550100', text: 'Hello Ann' },
  )
})

test('a route of the day itself is kept', async () => {
  const { ref } = await route('r1', '2026-11-01', 'completed')
  expect(await erase()).toBe(0)
  expect(await isErased(ref)).toBe(false)
})

test.each(['planned', 'held', 'sending'])('a route with a notification that is %s is left alone', async (status) => {
  const { ref } = await route('r1', '2026-10-01', 'completed', { status })
  expect(await erase()).toBe(0)
  expect(await isErased(ref)).toBe(false)
})

test('another company keeps its routes', async () => {
  const { ref } = await route('r1', '2026-10-01', 'completed')
  companyId = await seedCompany(database.db)
  expect(await erase()).toBe(0)
  expect(await isErased(ref)).toBe(false)
})

test('the oldest are erased first, so many at once, and each once', async () => {
  const refs = []
  for (const day of ['03', '01', '02']) refs.push((await route(`r${day}`, `2026-10-${day}`, 'completed')).ref)
  expect(await erase(2)).toBe(2)
  expect(await Promise.all(refs.map(isErased))).toEqual([false, true, true])
  expect(await erase(2)).toBe(1)
  expect(await erase(2)).toBe(0)
})

test('what it says of people goes, in every place; what happened and why stays', async () => {
  const { ref, id } = await route('r1', '2026-10-01', 'completed', { provider_id: 'SM1', planned_at: new Date(noon) })
  await seedNotification(database.db, {
    ...{ company_id: companyId, route_id: 'r1', stop_id: 's1', revision: 2, status: 'failed', reason: 'unreachable' },
    ...{ resend_of: id, resent_at: new Date(noon), resent_by: 'key of Eve', resend_reason: 'Ann called' },
  })
  await database.db('attempts').insert({
    ...{ notification_id: id, number: 1, at: new Date(noon), outcome: 'permanent', code: '21211' },
    message: 'The number +13125550100 is not valid',
  })
  const [handOff] = await database
    .db('hand_offs')
    .insert({
      company_id: companyId,
      route_id: 'r1',
      vendor: 'generic',
      device_id: 'D1',
      document: { stops: ['1 Main St'] },
    })
    .returning('id')
  await database.db('hand_off_attempts').insert({
    ...{ hand_off_id: handOff.id, number: 1, action: 'hand_over', at: new Date(noon), outcome: 'refused', code: '400' },
    message: 'No such place: 1 Main St',
  })
  const kept = async () =>
    (await notificationsOfRoute(database.db, ref)).map(
      ({ recipient, text, subject, attempts, resend, erasedAt, updatedAt, ...rest }) => ({
        ...rest,
        attempts: attempts.map(({ message, ...attempt }) => attempt),
        resend: resend && { ...resend, reason: '' },
      }),
    )
  const before = await kept()
  expect(await erase()).toBe(1)
  expect(await kept()).toEqual(before)

  const stored = await Promise.all(
    ['routes', 'stops', 'notifications', 'hand_offs'].map((table) =>
      database.db(table).where({ company_id: companyId, route_id: 'r1' }),
    ),
  )
  const attempts = [
    await database.db('attempts').where({ notification_id: id }),
    await database.db('hand_off_attempts').where({ hand_off_id: handOff.id }),
  ]
  const all = JSON.stringify([stored, attempts])
  for (const word of ['3125550100', 'Ann', 'Main St', 'Dan', '-97'])
    expect([word, all.includes(word)]).toEqual([word, false])
  // Revisions to one recipient stay together.
  const addresses = await database.db('notifications').where({ route_id: 'r1', company_id: companyId }).pluck('address')
  expect(new Set(addresses).size).toBe(1)
  expect(addresses[0]).toMatch(/^erased:[0-9a-f-]{36}$/)
})

test('the engine leaves an erased route alone, and people can still read it', async () => {
  const { ref } = await route('r1', '2026-10-01', 'completed')
  await erase()
  expect(await database.db.transaction((trx) => takeRouteFacts(trx, ref, noon))).toBeNull()
  expect(await getRoute(database.db, ref)).toMatchObject({ status: 'completed', stops: [{ address: 'erased' }] })
})
