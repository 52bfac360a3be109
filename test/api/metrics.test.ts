import { connectDatabase } from '../../db/connect'
import { routeOf, useApi } from './useApi'

/** The samples of a metric, as lines. */
const samples = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(name))

describe('the metrics', () => {
  const api = useApi()
  const scrape = async (): Promise<string> => (await api.call('GET', '/metrics', { key: null })).body

  test('are served to Prometheus without a key', async () => {
    const { status, headers } = await api.call('GET', '/metrics', { key: null })
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  })

  test('count requests by the template of their path and by status, and name nobody', async () => {
    const company = await api.company()
    await api.call('PUT', `/v1/companies/${company}/routes/R-secret`, { body: routeOf() })
    await api.call('GET', `/v1/companies/${company}/routes/R-secret`)
    await api.call('GET', `/v1/companies/${company}/routes/none`)
    await api.call('GET', '/somewhere/else')
    const text = await scrape()
    const counts = samples(text, 'http_request_duration_seconds_count')
    const route = 'route="/v1/companies/{companyId}/routes/{routeId}"'
    expect(counts).toContain(`http_request_duration_seconds_count{method="GET",${route},status="200"} 1`)
    expect(counts).toContain(`http_request_duration_seconds_count{method="GET",${route},status="404"} 1`)
    expect(counts).toContain(`http_request_duration_seconds_count{method="PUT",${route},status="201"} 1`)
    expect(counts).toContain('http_request_duration_seconds_count{method="GET",route="other",status="404"} 1')
    for (const name of [company, 'R-secret', 'somewhere']) expect(text).not.toContain(name)
  })

  test('show what waits for Temporal, and since when', async () => {
    const company = await api.company()
    await api.db('outbox').delete()
    expect(samples(await scrape(), 'outbox_')).toEqual(['outbox_messages 0', 'outbox_oldest_age_seconds 0'])
    await api.call('PUT', `/v1/companies/${company}/routes/r1`, { body: routeOf() })
    await api.call('POST', `/v1/companies/${company}/routes/r1/confirm`)
    await api.db('outbox').update({ created_at: api.db.raw(`now() - interval '90 seconds'`) })
    const [messages, oldest = ''] = samples(await scrape(), 'outbox_')
    expect(messages).toBe('outbox_messages 1')
    expect(Number(oldest.split(' ')[1])).toBeGreaterThanOrEqual(90)
  })

  test('show the pool and the event loop', async () => {
    const text = await scrape()
    expect(samples(text, 'database_up')).toEqual(['database_up 1'])
    const states = samples(text, 'database_pool_connections').map((line) => /state="(\w+)"/.exec(line)?.[1])
    expect(states).toEqual(['used', 'idle', 'waiting'])
    expect(samples(text, 'nodejs_eventloop_lag_p99_seconds')).toHaveLength(1)
  })
})

describe('without a database the metrics', () => {
  const db = connectDatabase('postgres://nobody:nothing@127.0.0.1:9/none')
  const api = useApi({ db })
  afterAll(() => db.destroy())

  test('say so, and invent no backlog', async () => {
    const { status, body } = await api.call('GET', '/metrics', { key: null })
    expect(status).toBe(200)
    expect(samples(body, 'database_up')).toEqual(['database_up 0'])
    expect(samples(body, 'outbox_')).toEqual([])
  })
})
