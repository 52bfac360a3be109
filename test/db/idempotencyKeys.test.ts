import {
  abandonIdempotent,
  beginIdempotent,
  finishIdempotent,
  holdIdempotent,
  type IdempotentRequest,
  sweepIdempotencyKeys,
} from '../../db/idempotencyKeys'
import { rows } from '../../db/sql'
import { useDatabase } from './useDatabase'

const database = useDatabase()

beforeEach(() => rows(database.db, 'DELETE FROM idempotency_keys'))

const request: IdempotentRequest = {
  apiKeyId: 'k1',
  key: 'order-1',
  method: 'POST',
  path: '/v1/companies/c/routes/R1/confirm',
  bodyHash: Buffer.from('body'),
}
const begin = (fields: Partial<IdempotentRequest> = {}) => beginIdempotent(database.db, { ...request, ...fields })
const age = () => rows(database.db, `UPDATE idempotency_keys SET created_at = now() - interval '61 seconds'`)

describe('a request with an idempotency key', () => {
  test('is done once; repeats get the first answer as it was', async () => {
    expect(await begin()).toEqual({ state: 'new' })
    expect(await begin()).toEqual({ state: 'in_progress' })
    const response = { zebra: 1, apple: [null, 'ü'] }
    await finishIdempotent(database.db, request, { status: 202, response })
    await finishIdempotent(database.db, request, { status: 500, response: null })
    const repeat = await begin()
    expect(repeat).toEqual({ state: 'replay', status: 202, response })
    expect(JSON.stringify(repeat)).toContain('{"zebra":1,"apple"')
  })

  test('may have an answer without a body', async () => {
    await begin()
    await finishIdempotent(database.db, request, { status: 204, response: undefined })
    expect(await begin()).toEqual({ state: 'replay', status: 204, response: null })
  })

  test('must be the same request; another caller’s key is another key', async () => {
    await begin()
    expect(await begin({ bodyHash: Buffer.from('other') })).toEqual({ state: 'reused' })
    expect(await begin({ path: '/v1/other' })).toEqual({ state: 'reused' })
    expect(await begin({ apiKeyId: 'k2' })).toEqual({ state: 'new' })
  })

  test('that comes several times at once is new once', async () => {
    const states = await Promise.all([1, 2, 3, 4].map(() => begin()))
    expect(states.map(({ state }) => state).sort()).toEqual(['in_progress', 'in_progress', 'in_progress', 'new'])
  })

  test('that was abandoned is tried in earnest again', async () => {
    await begin()
    await abandonIdempotent(database.db, request)
    expect(await begin()).toEqual({ state: 'new' })
  })

  test('that crashed is taken over after seconds, by one repeat; one that is held is not', async () => {
    await begin()
    await age()
    await holdIdempotent(database.db, request)
    expect(await begin()).toEqual({ state: 'in_progress' })
    await age()
    expect(await begin({ bodyHash: Buffer.from('other') })).toEqual({ state: 'reused' })
    const states = await Promise.all([1, 2, 3].map(() => begin()))
    expect(states.map(({ state }) => state).sort()).toEqual(['in_progress', 'in_progress', 'new'])
  })

  test('that is finished is never taken over, only forgotten by the sweep', async () => {
    await begin()
    await finishIdempotent(database.db, request, { status: 200, response: {} })
    await age()
    await abandonIdempotent(database.db, request)
    expect(await begin()).toMatchObject({ state: 'replay' })
    expect(await sweepIdempotencyKeys(database.db, 120_000)).toBe(0)
    expect(await sweepIdempotencyKeys(database.db, 60_000)).toBe(1)
    expect(await begin()).toEqual({ state: 'new' })
  })
})
