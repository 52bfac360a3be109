import { setTimeout as delay } from 'node:timers/promises'
import type { Knex } from 'knex'
import { migrate, migrationsPending } from '../../db/migrate'
import { rows, theRow } from '../../db/sql'
import { withEmptyDatabase } from './emptyDatabase'

/** The schema of the oldest processes that may still run: those of the release before. */
const before = '0001_foundation'

/** Longer than the migrations may wait for a lock (0.5 s), with everybody behind them: whoever waits longer fails. */
const patience = '3s'

/** What a process of the release before writes all day, in its own words: it knows nothing of newer columns. */
async function writeLikeBefore(db: Knex, number: number): Promise<void> {
  const keys = { c: 'c1', r: `r${number}`, s: 's1' }
  await db.transaction(async (trx) => {
    await trx.raw(`SET LOCAL lock_timeout = '${patience}'`)
    await rows(
      trx,
      `INSERT INTO routes (company_id, route_id, name, service_date, status, confirmed_at, confirmation)
       VALUES (:c, :r, 'North', '2026-12-01', 'confirmed', now(), 1)`,
      keys,
    )
    await rows(
      trx,
      `INSERT INTO stops (company_id, route_id, stop_id, position, kind, scheduled_at, address)
       VALUES (:c, :r, :s, 0, 'delivery', now(), '1 Main St')`,
      keys,
    )
    const { id } = await theRow<{ id: string }>(
      trx,
      `INSERT INTO notifications (company_id, route_id, stop_id, event, channel, address, revision, contract_numbers,
         confirmation, status, settings_version)
       VALUES (:c, :r, :s, 'confirmed', 'sms', '+15125550101', 1, ARRAY['C-1'], 1, 'planned', 0) RETURNING id`,
      keys,
    )
    await rows(trx, `INSERT INTO attempts (notification_id, number, at) VALUES (:id, 1, now())`, { id })
    await rows(trx, `UPDATE notifications SET status = 'sending' WHERE id = :id`, { id })
    await rows(trx, `INSERT INTO outbox (company_id, route_id, message) VALUES (:c, :r, '{}')`, keys)
  })
  await rows(
    db,
    `INSERT INTO consents (company_id, channel, address, action, source)
    VALUES ('c1', 'sms', '+15125550101', 'granted', 'staff')`,
  )
  await rows(
    db,
    `SELECT n.id, n.status, routes.name FROM notifications n JOIN routes USING (company_id, route_id) JOIN stops USING (company_id, route_id)
    WHERE company_id = 'c1' LIMIT 10`,
  )
}

/** Writes until it is stopped; an error of any statement is kept for `stop`, which gives how often it wrote. */
function startWriting(db: Knex, offset: number) {
  let stopped = false
  let written = 0
  const work = (async () => {
    for (let number = offset; !stopped; number++) {
      await writeLikeBefore(db, number)
      written += 1
    }
  })()
  let failure: unknown = null
  work.catch((error) => {
    failure = error
  })
  return {
    /** @throws the error of the statement that failed */
    get written() {
      if (failure !== null) throw failure
      return written
    },
    async stop(): Promise<number> {
      stopped = true
      await work
      return written
    },
  }
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !(await holds()); await delay(20)) {
    if (Date.now() > end) throw new Error('It did not come to that within 30 s.')
  }
}

test('the newest migrations run while processes of the release before write: none of their statements fails', async () => {
  await withEmptyDatabase(async (connect) => {
    const db = connect()
    await migrate(db, before)
    await rows(db, `INSERT INTO companies (company_id, name) VALUES ('c1', 'Acme')`)
    const writers = [0, 1_000_000, 2_000_000].map((offset) => startWriting(connect(), offset))
    await until(() => writers.every(({ written }) => written > 5))

    const pending = await migrationsPending(db)
    expect(pending.length).toBeGreaterThan(0)
    expect(await migrate(connect())).toEqual(pending)
    const then = writers.map(({ written }) => written)
    await until(() => writers.every(({ written }, index) => written > (then[index] ?? 0) + 5))
    for (const writer of writers) expect(await writer.stop()).toBeGreaterThan(10)
  })
})

test('a long transaction holds up the migrations, and not the writers who would queue behind them', async () => {
  await withEmptyDatabase(async (connect) => {
    const db = connect()
    await migrate(db, before)
    await rows(db, `INSERT INTO companies (company_id, name) VALUES ('c1', 'Acme')`)
    // A report, say, that reads for minutes.
    const reader = await connect().transaction()
    await reader.raw('SELECT count(*) FROM notifications')
    const writer = startWriting(connect(), 0)
    await until(() => writer.written > 5)

    const migrated = migrate(connect())
    const refused = async () =>
      (
        await theRow<{ waits: boolean }>(
          db,
          `SELECT EXISTS (SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock'
        AND NOT granted) AS waits`,
        )
      ).waits
    // It asks, gives up, and asks again; between, everybody goes on.
    for (let round = 0; round < 2; round++) {
      await until(refused)
      const then = writer.written
      await until(() => writer.written > then + 5)
    }
    await reader.commit()
    expect((await migrated).length).toBeGreaterThan(0)
    await writer.stop()
    expect(await migrationsPending(db)).toEqual([])
  })
})

test('migrations that do not exist are not run', async () => {
  await withEmptyDatabase(async (connect) => {
    await expect(migrate(connect(), '0000_nothing')).rejects.toThrow(
      'There is no migration "0000_nothing"; there are 0001',
    )
  })
})
