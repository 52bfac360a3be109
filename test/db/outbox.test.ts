import { listenTo } from '../../db/listenTo'
import {
  addToOutbox,
  deleteFromOutbox,
  notifyOutbox,
  outboxBacklog,
  postponeOutbox,
  takeOutboxBatch,
} from '../../db/outbox'
import { lockRoute } from '../../db/routes'
import { row, rows } from '../../db/sql'
import type { RouteEvent } from '../../domain/routeEvent'
import { aStop, confirmedRoute, noon, seedCompany } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string

beforeEach(async () => {
  companyId = await seedCompany(database.db)
  await rows(database.db, 'DELETE FROM outbox')
  for (const routeId of ['R1', 'R2', 'R3']) await confirmedRoute(database.db, companyId, routeId, [aStop('S1')])
})

const message = (eventId: string): RouteEvent => ({ eventId, kind: 'arrived', occurredAt: noon, source: 'driver' })
const add = (routeId: string, eventId: string) =>
  database.db.transaction(async (trx) => {
    await lockRoute(trx, { companyId, routeId })
    return addToOutbox(trx, { companyId, routeId }, message(eventId))
  })
const allDue = () => rows(database.db, `UPDATE outbox SET not_before = now() - interval '1 second'`)
const take = async (limit = 10) => {
  const trx = await database.db.transaction()
  const taken = await takeOutboxBatch(trx, limit)
  return { trx, taken, events: taken.map((one) => one.message.eventId) }
}
const takeAndRelease = async () => {
  const { trx, events } = await take()
  await trx.rollback()
  return events
}

describe('a message in the outbox', () => {
  test('is left to its request at first, and then to the forwarder', async () => {
    const { earlierPending, id } = await add('R1', 'e1')
    expect(earlierPending).toBe(false)
    expect(await takeAndRelease()).toEqual([])
    await allDue()
    const { trx, taken } = await take()
    expect(taken).toEqual([
      { id, companyId, routeId: 'R1', message: message('e1'), createdAt: expect.any(Number), tries: 0 },
    ])
    await deleteFromOutbox(trx, [id])
    await trx.commit()
    expect(await outboxBacklog(database.db)).toEqual({ count: 0, oldestAt: null })
  })

  test('must not overtake an earlier one of its route', async () => {
    const first = await add('R1', 'e1')
    expect((await add('R1', 'e2')).earlierPending).toBe(true)
    expect((await add('R2', 'e3')).earlierPending).toBe(false)
    expect(await takeAndRelease()).toEqual([])
    await deleteFromOutbox(database.db, [first.id])
    expect(await takeAndRelease()).toEqual(['e2'])
  })

  test('waits after a failure, and the later ones of its route with it', async () => {
    const { id } = await add('R1', 'e1')
    await add('R1', 'e2')
    await add('R2', 'e3')
    await allDue()
    await postponeOutbox(database.db, id, 'Temporal is away', 60_000)
    expect(await takeAndRelease()).toEqual(['e3'])
    expect(await outboxBacklog(database.db)).toEqual({ count: 3, oldestAt: expect.any(Number) })
    await postponeOutbox(database.db, id, 'x'.repeat(10_000), 0)
    expect(await takeAndRelease()).toEqual(['e1', 'e3'])
  })

  test('is rolled back with the request that stored it', async () => {
    const trx = await database.db.transaction()
    await lockRoute(trx, { companyId, routeId: 'R1' })
    await addToOutbox(trx, { companyId, routeId: 'R1' }, message('e1'))
    await trx.rollback()
    expect(await outboxBacklog(database.db)).toMatchObject({ count: 0 })
  })
})

describe('takers at once', () => {
  test('get different routes, each the earliest of its route', async () => {
    for (const event of ['a', 'b', 'c']) for (const routeId of ['R1', 'R2', 'R3']) await add(routeId, routeId + event)
    await allDue()
    const first = await take(2)
    const second = await take(2)
    expect(first.events).toEqual(['R1a', 'R2a'])
    expect(second.events).toEqual(['R3a'])
    await deleteFromOutbox(
      first.trx,
      first.taken.map(({ id }) => id),
    )
    // Not committed: whoever looks now still sees the earlier rows, and gets nothing of these routes.
    const third = await take()
    expect(third.events).toEqual([])
    await first.trx.commit()
    await third.trx.rollback()
    expect(await takeAndRelease()).toEqual(['R1b', 'R2b'])
    await second.trx.rollback()
  })

  test('never deliver a route out of order, however they race', async () => {
    const routes = ['R1', 'R2', 'R3']
    await Promise.all(routes.flatMap((routeId) => Array.from({ length: 8 }, (_, n) => add(routeId, `${routeId}-${n}`))))
    await allDue()
    const order = await rows<{ id: number; routeId: string }>(
      database.db,
      'SELECT id, route_id AS "routeId" FROM outbox ORDER BY id',
    )
    const delivered: { id: number; routeId: string }[] = []
    await Promise.all(
      [1, 2, 3].map(async () => {
        while ((await outboxBacklog(database.db)).count > 0) {
          const { trx, taken } = await take(2)
          delivered.push(...taken.map(({ id, routeId }) => ({ id, routeId })))
          await deleteFromOutbox(
            trx,
            taken.map(({ id }) => id),
          )
          await trx.commit()
        }
      }),
    )
    for (const routeId of routes) {
      const of = (list: typeof order) => list.filter((one) => one.routeId === routeId)
      expect(of(delivered)).toEqual(of(order))
    }
  })
})

describe('who stores messages of one route at once', () => {
  test('commits them in the order of their ids', async () => {
    const first = await database.db.transaction()
    await lockRoute(first, { companyId, routeId: 'R1' })
    await addToOutbox(first, { companyId, routeId: 'R1' }, message('e1'))
    const second = add('R1', 'e2')
    await first.commit()
    expect((await second).earlierPending).toBe(true)
    await allDue()
    expect(await takeAndRelease()).toEqual(['e1'])
  })
})

describe('the listener', () => {
  /** Counts the calls and lets a test wait for the next one. */
  function signals() {
    let count = 0
    const waiting: { past: number; resolve: () => void }[] = []
    return {
      notify: () => {
        count += 1
        for (const { resolve } of waiting.filter(({ past }) => count > past)) resolve()
      },
      past: (past: number) =>
        new Promise<void>((resolve) => (count > past ? resolve() : waiting.push({ past, resolve }))),
      get count() {
        return count
      },
    }
  }

  test('hears of an announced message, and of what waited behind a delivered one', async () => {
    const heard = signals()
    const listener = listenTo('outbox', database.url, heard.notify)
    await heard.past(0)
    const { id } = await add('R1', 'e1')
    await notifyOutbox(database.db, id)
    await heard.past(1)
    await add('R1', 'e2')
    await deleteFromOutbox(database.db, [id])
    await heard.past(2)
    await listener.close()
  })

  test('connects again when its connection is cut, and looks at once', async () => {
    const heard = signals()
    const lost = signals()
    const listener = listenTo('outbox', database.url, heard.notify, lost.notify)
    await heard.past(0)
    await row(
      database.db,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'dispatch-notifications outbox'`,
    )
    await lost.past(0)
    await heard.past(1)
    expect(lost.count).toBe(1)
    await listener.close()
    expect(lost.count).toBe(1)
  })

  test('that cannot connect says why and goes on trying until it is closed', async () => {
    const lost = signals()
    const listener = listenTo('outbox', 'postgres://nobody@127.0.0.1:1/none', () => {}, lost.notify)
    await lost.past(1)
    await listener.close()
  })
})
