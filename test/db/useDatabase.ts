import { type FreshDatabase, freshDatabase } from '../setup/freshDatabase'

/** A migrated database of its own for a test file, from before its first test to after its last. */
export function useDatabase(): Pick<FreshDatabase, 'db' | 'url'> {
  let database: FreshDatabase | undefined
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(async () => {
    await database?.[Symbol.asyncDispose]()
  })
  const opened = () => {
    if (database === undefined) throw new Error('The database is there from the first test on.')
    return database
  }
  return {
    get db() {
      return opened().db
    },
    get url() {
      return opened().url
    },
  }
}
