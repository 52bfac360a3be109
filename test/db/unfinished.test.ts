import { randomUUID } from 'node:crypto'
import { addToOutbox } from '../../db/outbox'
import { rows } from '../../db/sql'
import { routesNeedingWorkflow, textsOfUnknownOutcome, troubleOf } from '../../db/unfinished'
import { aStop, confirmedRoute, noon, seedCompany, seedNotification } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
const minutes = 60_000

/** A company with the confirmed route r1, its stop s1, and whatever a test adds. */
async function company() {
  const { db } = database
  const companyId = await seedCompany(db)
  const ref = await confirmedRoute(db, companyId, 'r1', [aStop('s1')])
  return {
    companyId,
    ref,
    /** A notification, with an attempt whose call was made so many minutes ago if it has one. */
    async notification(
      fields: Record<string, unknown>,
      attempt: { outcome: string | null; calledMinutesAgo: number; retryAt?: number } | null = null,
    ): Promise<string> {
      const address = `+1312555${Math.floor(1000 + Math.random() * 9000)}`
      const id = await seedNotification(db, {
        company_id: companyId,
        route_id: 'r1',
        stop_id: 's1',
        address,
        ...fields,
      })
      if (attempt !== null)
        await rows(
          db,
          `INSERT INTO attempts (notification_id, number, at, called_at, outcome, retry_at)
           VALUES (:id, 1, now(), now() - CAST(:ago AS integer) * interval '1 minute', :outcome, :retryAt)`,
          {
            id,
            outcome: attempt.outcome,
            ago: attempt.calledMinutesAgo,
            retryAt: attempt.retryAt === undefined ? null : new Date(attempt.retryAt),
          },
        )
      return id
    },
    trouble: () => troubleOf(db, companyId, noon),
    texts: async () => (await textsOfUnknownOutcome(db, companyId, 100)).map(({ id }) => id),
  }
}

const at = (moment: number) => new Date(moment)

test('a message is overdue five minutes after it should have gone, by the engine’s clock', async () => {
  const { notification, trouble } = await company()
  await notification({ planned_at: at(noon - 5 * minutes) })
  await notification({ status: 'held', planned_at: at(noon + 60 * minutes) })
  await notification({ status: 'sent', planned_at: at(noon - 60 * minutes) })
  expect(await trouble()).toEqual({ overdue: 0, unknown: 0, outboxSince: null, notHandedOff: [] })
  await notification({ planned_at: at(noon - 5 * minutes - 1) })
  await notification({ status: 'held', planned_at: at(noon - 6 * minutes) })
  await notification({ status: 'sending' }, { outcome: 'try_later', calledMinutesAgo: 9, retryAt: noon - 6 * minutes })
  expect(await trouble()).toMatchObject({ overdue: 3 })
})

test('a message of unknown outcome is trouble when its route has given it up, until a person sends it again', async () => {
  const { notification, trouble } = await company()
  const address = '+13125550123'
  await notification({ status: 'unknown' }, { outcome: 'unknown', calledMinutesAgo: 14 })
  await notification({ status: 'unknown' }, { outcome: 'unknown', calledMinutesAgo: 8 * 24 * 60 })
  expect(await trouble()).toMatchObject({ unknown: 0 })
  await notification({ status: 'unknown', address }, { outcome: 'unknown', calledMinutesAgo: 16 })
  await notification({ status: 'sending' }, { outcome: null, calledMinutesAgo: 16 })
  expect(await trouble()).toMatchObject({ unknown: 2 })
  await notification({ status: 'planned', address, revision: 2 })
  expect(await trouble()).toMatchObject({ unknown: 1 })
})

test('the task asks about texts whose call has certainly ended, and about no emails, for a week', async () => {
  const { notification, texts } = await company()
  const unknown = { outcome: 'unknown', calledMinutesAgo: 1 }
  const given = await notification({ status: 'unknown', look_ups: 3 }, unknown)
  const crashed = await notification({ status: 'sending' }, { outcome: null, calledMinutesAgo: 2 })
  await notification({ status: 'sending' }, { outcome: null, calledMinutesAgo: 0 })
  await notification({ status: 'sending' }, { outcome: 'try_later', calledMinutesAgo: 1, retryAt: noon })
  await notification({ status: 'unknown', channel: 'email', address: 'ann@example.com' }, unknown)
  await notification({ status: 'unknown' }, { ...unknown, calledMinutesAgo: 8 * 24 * 60 })
  expect(await texts()).toEqual([given, crashed])
})

test('a request that Temporal has yet to hear of is seen, of this company alone', async () => {
  const { db } = database
  const one = await company()
  const two = await company()
  await db.transaction((trx) =>
    addToOutbox(trx, one.ref, { eventId: randomUUID(), kind: 'confirmed', source: 'dispatch' }),
  )
  expect((await one.trouble()).outboxSince).toBeGreaterThan(Date.now() - 1 * minutes)
  expect((await two.trouble()).outboxSince).toBeNull()
})

test('a route that a vendor does not take after three calls is seen while it runs, or is still to be withdrawn', async () => {
  const { db } = database
  const { companyId, trouble } = await company()
  const handOff = { company_id: companyId, route_id: 'r1', vendor: 'samsara', device_id: 'D1', state: 'failed' }
  await db('hand_offs').insert({ ...handOff, failures: 2 })
  const change = (table: string, values: Record<string, unknown>) =>
    db(table).where({ company_id: companyId }).update(values)
  const seen = async () => (await trouble()).notHandedOff
  expect(await seen()).toEqual([])
  await change('hand_offs', { failures: 3 })
  expect(await seen()).toEqual(['r1'])
  await change('routes', { status: 'cancelled' })
  expect(await seen()).toEqual([])
  await change('hand_offs', { retry_at: new Date(Date.now() + 366 * 24 * 60 * minutes) })
  expect(await seen()).toEqual(['r1'])
  await change('hand_offs', { state: 'withdrawn' })
  expect(await seen()).toEqual([])
})

test('routes that are live, or that have ended with an open message, need a workflow', async () => {
  const { db } = database
  const { companyId, notification } = await company()
  const setStatus = (status: string) => db('routes').where({ company_id: companyId }).update({ status })
  const needing = async (quietForMs?: number) =>
    (await routesNeedingWorkflow(db, companyId, quietForMs)).map(({ routeId }) => routeId)
  expect(await needing()).toEqual(['r1'])
  expect(await needing(1 * minutes)).toEqual([])
  await setStatus('completed')
  await notification({ status: 'sent' })
  expect(await needing()).toEqual([])
  const open = await notification({ status: 'held' })
  expect(await needing()).toEqual(['r1'])
  await db('notifications').where({ id: open }).update({ status: 'suppressed', reason: 'stale' })
  expect(await needing()).toEqual([])
})
