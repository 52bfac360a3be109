import { randomBytes } from 'node:crypto'
import {
  findApiKeyByHash,
  getApiKey,
  insertApiKey,
  listApiKeys,
  type NewApiKey,
  revokeApiKey,
  touchApiKey,
} from '../../db/apiKeys'
import { rows } from '../../db/sql'
import { seedCompany } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string

beforeEach(async () => {
  await rows(database.db, 'DELETE FROM api_keys')
  companyId = await seedCompany(database.db)
})

const insert = (id: string, fields: Partial<NewApiKey> = {}) =>
  insertApiKey(database.db, {
    id,
    name: `Key ${id}`,
    role: 'dispatch',
    companyId,
    secretHash: randomBytes(32),
    createdBy: 'admin',
    ...fields,
  })

describe('an API key', () => {
  test('is found by the hash of its secret, and says when it was revoked', async () => {
    const secretHash = randomBytes(32)
    const key = await insert('k1', { secretHash })
    expect(await findApiKeyByHash(database.db, secretHash)).toEqual(key)
    expect(await findApiKeyByHash(database.db, randomBytes(32))).toBeNull()
    expect(await revokeApiKey(database.db, 'k1')).toBe(true)
    expect(await revokeApiKey(database.db, 'k1')).toBe(false)
    expect(await findApiKeyByHash(database.db, secretHash)).toMatchObject({ id: 'k1', revokedAt: expect.any(Number) })
  })

  test('of an unknown company is refused', async () => {
    await expect(insert('k1', { companyId: 'nobody' })).rejects.toMatchObject({ code: '23503' })
  })

  test('notes its use at most once a minute', async () => {
    await insert('k1')
    await touchApiKey(database.db, 'k1')
    const first = (await getApiKey(database.db, 'k1'))?.lastUsedAt
    expect(first).toEqual(expect.any(Number))
    await touchApiKey(database.db, 'k1')
    expect((await getApiKey(database.db, 'k1'))?.lastUsedAt).toBe(first)
    await rows(database.db, `UPDATE api_keys SET last_used_at = now() - interval '61 seconds'`)
    const before = (await getApiKey(database.db, 'k1'))?.lastUsedAt ?? 0
    await touchApiKey(database.db, 'k1')
    expect((await getApiKey(database.db, 'k1'))?.lastUsedAt).toBeGreaterThan(before)
  })
})

describe('the list of API keys', () => {
  test('has the valid ones of a company, or of all, page by page', async () => {
    const other = await seedCompany(database.db)
    for (const id of ['a', 'b', 'c']) await insert(id)
    await insert('d', { companyId: other })
    await insert('e', { companyId: null, role: 'admin' })
    await revokeApiKey(database.db, 'b')
    const own = await listApiKeys(database.db, { companyId, limit: 10 })
    expect(own.items.map(({ id }) => id)).toEqual(['a', 'c'])
    const first = await listApiKeys(database.db, { companyId: null, limit: 3 })
    expect(first.items.map(({ id }) => id)).toEqual(['a', 'c', 'd'])
    const second = await listApiKeys(database.db, { companyId: null, limit: 3, after: first.next ?? '' })
    expect(second).toMatchObject({ items: [{ id: 'e' }], next: null })
  })
})
