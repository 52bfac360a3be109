import { runLoad } from '../../dev/load/runLoad'
import { type ProductProcesses, startProduct } from '../../dev/productProcesses'
import { startTwilioStandIn, type TwilioStandIn } from '../../dev/twilio/startTwilioStandIn'
import { type FreshDatabase, freshDatabase, testEnvironment } from '../setup/freshDatabase'
import { freshNamespace } from '../setup/freshNamespace'

const account = { accountSid: `AC${'f'.repeat(32)}`, authToken: 'auth token of the overload test' }
let database: FreshDatabase
let twilio: TwilioStandIn
let product: ProductProcesses

beforeAll(async () => {
  database = await freshDatabase()
  twilio = await startTwilioStandIn({ ...account })
  const parts = { databaseUrl: database.url, temporal: await freshNamespace(), twilio: { ...account, url: twilio.url } }
  product = await startProduct(parts, testEnvironment('TEST_WORKFLOW_BUNDLE'), { RATE_LIMIT_REQUESTS: '0' })
}, 90_000)
afterAll(async () => {
  await product.stop()
  await Promise.all([twilio.stop(), database[Symbol.asyncDispose]()])
})

test('asked for five times what it can do, the API serves what it can and refuses the rest with a time to come again', async () => {
  const { wrong, served, shed, memory } = await runLoad(product, 4)
  expect(wrong).toEqual([])
  expect(served).toBeGreaterThan(0)
  expect(shed).toBeGreaterThan(0)
  // What waits is bounded, so memory is: a heap that only grows would pass this many times over.
  expect(memory.most).toBeLessThan(memory.before + 200)
  expect(await database.db('routes').where('route_id', 'like', 'over-%').count()).toEqual([{ count: served }])

  const after = await fetch(`${product.url}/v1/companies/load`, {
    headers: { authorization: `Bearer ${product.adminKey}` },
  })
  expect(after.status).toBe(200)
}, 120_000)
