import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Client, Connection } from '@temporalio/client'
import { connectDatabase } from '../../db/connect'
import { routeOf, useApi } from './useApi'

/** An address of this machine at which nobody listens. */
async function deadAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return `127.0.0.1:${port}`
}

describe('without a database', () => {
  const db = connectDatabase('postgres://nobody:nothing@127.0.0.1:9/none')
  const api = useApi({ db })
  afterAll(() => db.destroy())

  test('requests are answered 503 with a time to come back', async () => {
    for (const [method, path, body] of [
      ['GET', '/v1/companies/c1', undefined],
      ['PUT', '/v1/companies/c1', { name: 'Acme' }],
      ['PUT', '/v1/companies/c1/routes/r1', routeOf()],
      ['POST', '/v1/companies/c1/routes/r1/confirm', undefined],
    ] as const) {
      const reply = await api.call(method, path, { body })
      expect([reply.status, reply.body.code, reply.headers.get('retry-after')]).toEqual([503, 'database_away', '5'])
    }
    expect((await api.call('GET', '/v1/companies/c1', { key: 'dn_some-other-key' })).status).toBe(503)
  })

  test('the process is alive but not ready', async () => {
    expect((await api.call('GET', '/healthz')).status).toBe(200)
    const { status, body } = await api.call('GET', '/readyz')
    expect([status, body.checks.database.ok, body.checks.temporal.ok]).toEqual([503, false, true])
  })
})

describe('without Temporal', () => {
  let connection: Connection
  const api = useApi({
    temporal: {
      get client() {
        return new Client({ connection })
      },
    },
  })
  beforeAll(async () => {
    connection = Connection.lazy({ address: await deadAddress() })
  })
  afterAll(() => connection.close())

  test('the process is not ready and says what is missing', async () => {
    const { status, body } = await api.call('GET', '/readyz', { key: null })
    expect(status).toBe(503)
    expect(body.checks).toMatchObject({ database: { ok: true }, temporal: { ok: false }, worker: { ok: false } })
    expect(body.channels).toEqual({ sms: 'configured', email: 'channel_not_configured' })
  })
})
