import { connectDatabase, isDatabaseAway } from '../../db/connect'
import { row, theRow } from '../../db/sql'
import { useDatabase } from './useDatabase'

const database = useDatabase()

async function errorOf(failing: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(failing).then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('values', () => {
  test('timestamps are read as instants, dates as calendar dates, bigints as numbers', async () => {
    const read = await theRow(
      database.db,
      `SELECT timestamptz '2026-12-02T13:00:00.123-06:00' AS at, date '2026-12-02' AS day, 9007199254740991::bigint AS big,
         NULL::timestamptz AS never`,
    )
    const at = Date.parse('2026-12-02T19:00:00.123Z')
    expect(read).toEqual({ at, day: '2026-12-02', big: 9007199254740991, never: null })
  })
})

describe('a database that is away', () => {
  test('a refused connection says so at once', async () => {
    const db = connectDatabase('postgres://nobody@127.0.0.1:1/none')
    const began = Date.now()
    expect(isDatabaseAway(await errorOf(row(db, 'SELECT 1')))).toBe(true)
    expect(Date.now() - began).toBeLessThan(2_000)
    await db.destroy()
  })

  test('an idle connection that dies does not end the process, and the next query gets a new one', async () => {
    const db = connectDatabase(database.url, { poolSize: 1 })
    const { pid } = await theRow<{ pid: number }>(db, 'SELECT pg_backend_pid() AS pid')
    await row(database.db, 'SELECT pg_terminate_backend(:pid, 5000)', { pid })
    await new Promise((resolve) => setImmediate(resolve))
    const { pid: newPid } = await theRow<{ pid: number }>(db, 'SELECT pg_backend_pid() AS pid')
    expect(newPid).not.toBe(pid)
    await db.destroy()
  })

  test('a connection that is cut during a query counts as away', async () => {
    const db = connectDatabase(database.url, { poolSize: 1 })
    const { pid } = await theRow<{ pid: number }>(db, 'SELECT pg_backend_pid() AS pid')
    const failing = errorOf(row(db, 'SELECT pg_sleep(30)'))
    await row(database.db, 'SELECT pg_terminate_backend(:pid)', { pid })
    expect(isDatabaseAway(await failing)).toBe(true)
    await db.destroy()
  })

  test('a pool of which every connection is taken counts as away', async () => {
    const db = connectDatabase(database.url, { poolSize: 1 })
    const trx = await db.transaction()
    expect(isDatabaseAway(await errorOf(row(db, 'SELECT 1')))).toBe(true)
    await trx.rollback()
    await db.destroy()
  }, 15_000)

  test.each(['SELECT nonsense', 'SELECT 1 / 0', `INSERT INTO companies VALUES (NULL)`])(
    'a statement that is at fault itself does not: %s',
    async (sql) => {
      const error = await errorOf(row(database.db, sql))
      expect(error).toBeInstanceOf(Error)
      expect(isDatabaseAway(error)).toBe(false)
    },
  )
})
