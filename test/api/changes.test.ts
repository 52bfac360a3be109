import { connect } from 'node:net'
import { createSubscription } from '../../api/changes/subscription'
import { row, rows } from '../../db/sql'
import { routeOf, useApi } from './useApi'
import { useOperators } from './useOperators'

interface Told {
  event: string
  data: Record<string, unknown>
}

const feed = { heartbeatMs: 200, most: { ofCompany: 3, inAll: 5 } }

describe('who listens to a company', () => {
  const api = useApi({}, feed)
  const { add } = useOperators(api)
  const listening = new Set<AbortController>()
  let company: string
  beforeEach(async () => {
    company = await api.company()
  })
  afterEach(async () => {
    for (const each of listening) each.abort()
    listening.clear()
  })

  /** Listens as a browser's EventSource does. */
  async function listen(companyId = company, headers: Record<string, string> = {}) {
    const gone = new AbortController()
    listening.add(gone)
    const key = headers.Cookie === undefined ? { Authorization: `Bearer ${await api.keyOf('viewer', companyId)}` } : {}
    const response = await fetch(`${api.origin}/v1/companies/${companyId}/changes`, {
      headers: { ...key, Accept: 'text/event-stream', ...headers },
      signal: gone.signal,
    })
    const told: Told[] = []
    let comments = 0
    let ended = false
    let wake = () => {}
    const reading = (async () => {
      let text = ''
      const decoder = new TextDecoder()
      for await (const piece of response.body ?? []) {
        text += decoder.decode(piece, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) {
          const [, event] = /^event: (.*)$/m.exec(block) ?? []
          const [, data] = /^data: (.*)$/m.exec(block) ?? []
          if (block.startsWith(':')) comments += 1
          if (event !== undefined) told.push({ event, data: JSON.parse(data ?? 'null') })
        }
        wake()
      }
      ended = response.ok
      wake()
    })().catch(() => {})
    /** Waits for a state of what was heard. */
    async function until(what: string, holds: () => boolean): Promise<void> {
      const late = setTimeout(() => wake(), 10_000)
      for (const end = Date.now() + 10_000; !holds(); ) {
        if (Date.now() > end) throw new Error(`It never heard ${what}: ${JSON.stringify(told.slice(-5))}`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      clearTimeout(late)
    }
    const has = (event: string, data: object = {}) =>
      until(`${event} ${JSON.stringify(data)}`, () =>
        told.some((each) => each.event === event && JSON.stringify(each.data) === JSON.stringify(data)),
      )
    return {
      response,
      told,
      has,
      until,
      reading,
      comments: () => comments,
      ended: () => ended,
      leave: () => gone.abort(),
    }
  }
  const putRoute = (routeId = 'r1') =>
    api.call('PUT', `/v1/companies/${company}/routes/${routeId}`, { body: routeOf() })

  test('hears at first that anything may have changed, and then of each thing that does, by its ids alone', async () => {
    const { response, has, told, until } = await listen()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    // The second when the connection that hears of changes is there: made for the first who listens.
    await until('two refreshes', () => told.filter(({ event }) => event === 'refresh').length > 1)
    await putRoute()
    await has('route', { routeId: 'r1' })
    const insert = (stopIds: string[]) =>
      rows(
        api.db,
        `INSERT INTO notifications (company_id, route_id, stop_id, event, channel, address, revision, contract_numbers,
           confirmation, status, settings_version)
         SELECT :company, 'r1', s, 'confirmed', 'sms', '+15125550101', nextval('n'), '{C1}', 1, 'planned', 1
         FROM unnest(CAST(:stopIds AS text[])) s`,
        { company, stopIds },
      )
    await rows(api.db, 'CREATE SEQUENCE n')
    await insert(['s1'])
    await has('notification', { routeId: 'r1', stopId: 's1' })
    await insert(['s1', 's2'])
    await has('notification', { routeId: 'r1', stopId: null })
    await api.call('PUT', `/v1/companies/${company}/settings`, { body: { smsEnabled: true } })
    await has('settings')
    await api.call('PUT', `/v1/companies/${company}/trucks/t1`, { body: { name: 'T', device: null } })
    await has('truck')
    await api.call('DELETE', `/v1/companies/${company}/integrations/traccar`)
    await api.call('PUT', `/v1/companies/${company}/integrations/traccar`, { body: { webhookSecret: 'hush-hush' } })
    await has('integration')
    expect(JSON.stringify(told)).not.toMatch(/Ann|555|Main St/)
  })

  test('hears nothing of another company, but of a STOP, which binds every one', async () => {
    const other = await listen(await api.company())
    await other.has('refresh')
    const own = await listen()
    await own.has('refresh')
    await putRoute()
    await own.has('route', { routeId: 'r1' })
    await rows(
      api.db,
      `INSERT INTO consents (channel, address, action, source) VALUES ('sms', '+15125550101', 'revoked', 'stop')`,
    )
    await Promise.all([own.has('consent'), other.has('consent')])
    expect(other.told.map(({ event }) => event)).not.toContain('route')
  })

  test('hears of a burst once, or a few times', async () => {
    const { has, told } = await listen()
    await has('refresh')
    for (let n = 0; n < 100; n++)
      await rows(api.db, 'UPDATE companies SET name = :name WHERE company_id = :company', { company, name: `${n}` })
    await putRoute()
    await has('route', { routeId: 'r1' })
    expect(told.filter(({ event }) => event === 'company').length).toBeLessThan(20)
  })

  test('is told to refresh when the connection that listens to the database was cut, and hears on', async () => {
    const { has, told, until } = await listen()
    await has('refresh')
    // Until it hears of it: the connection is made for the first who listens.
    while (!told.some(({ event }) => event === 'truck')) {
      await api.call('PUT', `/v1/companies/${company}/trucks/t1`, { body: { name: `${Date.now()}`, device: null } })
    }
    const before = told.filter(({ event }) => event === 'refresh').length
    const cut = await row(
      api.db,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'dispatch-notifications changes'`,
    )
    expect(cut).not.toBeNull()
    await until('a refresh', () => told.filter(({ event }) => event === 'refresh').length > before)
    await putRoute('r2')
    await has('route', { routeId: 'r2' })
  })

  test('that takes nothing holds up neither the others nor what changes', async () => {
    const key = await api.keyOf('viewer', company)
    const stuck = connect(Number(new URL(api.origin).port), '127.0.0.1')
    stuck.write(
      `GET /v1/companies/${company}/changes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n\r\n`,
    )
    stuck.pause()
    const { has } = await listen()
    await has('refresh')
    for (let n = 0; n < 30; n++) expect((await putRoute(`r${n}`)).status).toBe(201)
    await has('route', { routeId: 'r29' })
    stuck.destroy()
  })

  test('hears a sign of life meanwhile, and no more when its session is over', async () => {
    const { cookie } = await add({ role: 'viewer', companyId: company })
    const listener = await listen(company, { Cookie: cookie })
    await listener.until('a sign of life', () => listener.comments() > 1)
    await rows(api.db, 'DELETE FROM operator_sessions')
    await listener.until('the end', listener.ended)
  })

  test('is refused beyond the limit of its company, and of the process, until somebody leaves', async () => {
    const mine = [await listen(), await listen(), await listen()]
    const fourth = await listen()
    expect([fourth.response.status, fourth.response.headers.get('retry-after')]).toEqual([429, '30'])
    const other = await api.company()
    await listen(other)
    await listen(other)
    const sixth = await listen(other)
    expect([sixth.response.status, Number(sixth.response.headers.get('retry-after'))]).toEqual([
      503,
      expect.any(Number),
    ])
    mine[0]?.leave()
    for (const end = Date.now() + 10_000; (await listen()).response.status !== 200; )
      if (Date.now() > end) throw new Error('No place became free.')
  })

  test('is let go when the process stops', async () => {
    for (const each of listening) each.abort()
    const { has, until, ended } = await listen()
    await has('refresh')
    await api.changes.stop()
    await until('the end', ended)
    expect((await listen()).response.status).toBe(503)
  })
})

describe('what somebody has yet to hear', () => {
  test('never grows: too much of it is one refresh', async () => {
    const subscription = createSubscription(() => {})
    expect(await subscription.next(1)).toEqual([{ event: 'refresh' }])
    for (let n = 0; n < 1_000; n++) subscription.push({ event: 'route', routeId: 'same' })
    expect(await subscription.next(1_000)).toEqual([{ event: 'route', routeId: 'same' }])
    for (let n = 0; n < 10_000; n++) subscription.push({ event: 'route', routeId: `r${n}` })
    expect(await subscription.next(1_000)).toEqual([{ event: 'refresh' }])
    subscription.close()
    expect(await subscription.next(1_000)).toBeNull()
  })
})
