import { randomBytes } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { endProviderTest } from '../../db/providerTests'
import { providerTestWorkflowId } from '../../domain/providerTest'
import { testEnvironment } from '../setup/freshDatabase'
import { useApi } from './useApi'

const api = useApi()
let company: string
const at = (path: string) => `/v1/companies/${company}${path}`
const send = (body: object) => api.call('POST', at('/test-message'), { body })
const outcome = async (id: string) => (await api.call('GET', at(`/provider-tests/${id}`))).body
beforeEach(async () => {
  company = await api.company()
})

describe('a test message', () => {
  test('is accepted, started with its id alone, and pending until a worker has sent it', async () => {
    const { status, body } = await send({ channel: 'sms', address: '512-555-0101' })
    expect(status).toBe(202)
    expect(await outcome(body.id)).toMatchObject({ id: body.id, target: 'sms', status: 'pending' })

    const connection = await Connection.connect({ address: testEnvironment('TEST_TEMPORAL_ADDRESS') })
    const handle = new Client({ connection }).workflow.getHandle(
      providerTestWorkflowId({ companyId: company, testId: body.id }),
    )
    const [started] = (await handle.fetchHistory()).events ?? []
    const { input } = started?.workflowExecutionStartedEventAttributes ?? {}
    expect(input?.payloads?.map(({ data }) => Buffer.from(data ?? []).toString())).toEqual([`"${body.id}"`])
    await handle.terminate()
    await connection.close()

    await endProviderTest(api.db, body.id, { status: 'succeeded', message: 'It went.' })
    expect(await outcome(body.id)).toMatchObject({ status: 'succeeded', text: 'It went.', endedAt: expect.any(String) })
  })

  test('to an address that has opted out is refused', async () => {
    const body = { channel: 'sms', address: '+15125550101' }
    await api.call('POST', at('/consents'), { body: { ...body, action: 'revoked', source: 'phone call' } })
    expect(await send({ ...body, address: '512-555-0101' })).toMatchObject({
      status: 409,
      body: { code: 'recipient_opted_out' },
    })
    expect(await api.db('provider_tests').where({ company_id: company })).toEqual([])
  })

  test('to an impossible address is refused, with the reason at the field', async () => {
    expect((await send({ channel: 'sms', address: '12' })).body.problems).toMatchObject([{ path: 'address' }])
    expect((await send({ channel: 'email', address: 'ann' })).body.problems).toMatchObject([{ path: 'address' }])
  })

  test('is one of five a minute for a company, tests of integrations included', async () => {
    for (let sent = 0; sent < 5; sent++)
      expect((await send({ channel: 'email', address: 'ann@example.com' })).status).toBe(202)
    const refused = await send({ channel: 'email', address: 'ann@example.com' })
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await api.call('POST', at('/integrations/generic/test'))).status).toBe(429)
    company = await api.company()
    expect((await send({ channel: 'email', address: 'ann@example.com' })).status).toBe(202)
  })

  test('that no worker took in time has failed, and says so', async () => {
    const { body } = await send({ channel: 'sms', address: '512-555-0101' })
    await api.db.raw(`UPDATE provider_tests SET requested_at = now() - interval '4 minutes' WHERE id = ?`, [body.id])
    expect(await outcome(body.id)).toMatchObject({ status: 'failed', text: expect.stringMatching(/no worker took it/) })
  })

  test('is nothing that another company can see, and is forgotten with the next one a day later', async () => {
    const { body } = await send({ channel: 'sms', address: '512-555-0101' })
    const first = company
    company = await api.company()
    expect((await api.call('GET', at(`/provider-tests/${body.id}`))).status).toBe(404)
    company = first
    await api.db.raw(`UPDATE provider_tests SET requested_at = now() - interval '25 hours' WHERE id = ?`, [body.id])
    await send({ channel: 'sms', address: '512-555-0101' })
    expect((await api.call('GET', at(`/provider-tests/${body.id}`))).status).toBe(404)
  })
})

describe('a test of an integration', () => {
  const run = (vendor: string) => api.call('POST', at(`/integrations/${vendor}/test`))
  const put = (vendor: string, body: object) => api.call('PUT', at(`/integrations/${vendor}`), { body })

  test('is refused with what is missing', async () => {
    expect((await run('samsara')).status).toBe(404)
    const webhookSecret = randomBytes(24).toString('base64')
    await put('samsara', { webhookSecret })
    expect(await run('samsara')).toMatchObject({ status: 409, body: { detail: expect.stringContaining('apiToken') } })
    await put('generic', { webhookSecret })
    expect(await run('generic')).toMatchObject({ status: 409, body: { detail: expect.stringContaining('handOffUrl') } })
    expect(await run('traccar')).toMatchObject({ status: 409, body: { code: 'not_testable' } })
  })

  test('is accepted, and pending until a worker has made it', async () => {
    await put('samsara', { apiToken: 'token' })
    const { status, body } = await run('samsara')
    expect(status).toBe(202)
    expect(await outcome(body.id)).toMatchObject({ target: 'samsara', status: 'pending' })
  })
})

describe('while Temporal is away', () => {
  const connection = Connection.lazy({ address: '127.0.0.1:1' })
  const lonely = useApi({ temporal: { client: new Client({ connection }) } })
  afterAll(() => connection.close())

  test('a test has failed at once, and is not made later', async () => {
    const path = `/v1/companies/${await lonely.company()}`
    const { status, body } = await lonely.call('POST', `${path}/test-message`, {
      body: { channel: 'sms', address: '512-555-0101' },
    })
    expect(status).toBe(202)
    const ended = await lonely.call('GET', `${path}/provider-tests/${body.id}`)
    expect(ended.body).toMatchObject({ status: 'failed', text: expect.stringMatching(/^Temporal does not answer/) })
  })
})
