import { migrate, migrationsPending } from '../../db/migrate'
import { withEmptyDatabase } from './emptyDatabase'
import { seedCompany } from './seed'

describe('migrations', () => {
  test('bring an empty database to the schema and then have nothing left to do', async () => {
    await withEmptyDatabase(async (connect) => {
      const db = connect()
      const pending = await migrationsPending(db)
      expect(pending[0]).toBe('0001_foundation')
      expect(await migrate(db)).toEqual(pending)
      expect(await migrationsPending(db)).toEqual([])
      expect(await migrate(db)).toEqual([])
    })
  })

  test('leave the facts of a filled database alone', async () => {
    await withEmptyDatabase(async (connect) => {
      const db = connect()
      await migrate(db)
      await seedCompany(db)
      await migrate(db)
      const counted = await db.raw('SELECT count(*) AS contracts FROM contracts')
      expect(counted.rows).toEqual([{ contracts: 2 }])
    })
  })

  test('of processes that start at once run in one of them, and none fails', async () => {
    await withEmptyDatabase(async (connect) => {
      const all = await migrationsPending(connect())
      const ran = await Promise.all([migrate(connect()), migrate(connect()), migrate(connect())])
      expect(ran.flat()).toEqual(all)
    })
  })

  test('that fail leave nothing behind', async () => {
    await withEmptyDatabase(async (connect) => {
      const db = connect()
      await db.raw('CREATE TABLE consents (oops integer)')
      await expect(migrate(db)).rejects.toThrow('"consents" already exists')
      const tables = await db.raw(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
      expect(tables.rows).toEqual([{ tablename: 'consents' }])
      await db.raw('DROP TABLE consents')
      expect(await migrate(db)).toContain('0001_foundation')
    })
  })

  test('asking what is pending writes nothing', async () => {
    await withEmptyDatabase(async (connect) => {
      const db = connect()
      await migrationsPending(db)
      const tables = await db.raw(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
      expect(tables.rows).toEqual([])
    })
  })
})
