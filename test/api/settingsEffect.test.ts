import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

describe('the effect of settings', () => {
  const api = useApi()
  const on = { enabled: true }
  const current = {
    timeZone: 'America/Chicago',
    customerNotifications: true,
    smsEnabled: true,
    events: { confirmed: on, arrived: on },
  }
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  const effect = (body: object, key?: string) =>
    api.call('POST', at('/settings/effect'), { body, ...(key !== undefined && { key }) })

  beforeEach(async () => {
    // Tuesday, 12:00 in Chicago.
    api.state.now = Date.parse('2026-12-01T18:00:00Z')
    company = await api.company()
    await api.call('PUT', at('/settings'), { body: current })
    for (const routeId of ['r1', 'r2']) {
      await api.call('PUT', at(`/routes/${routeId}`), { body: routeOf({ stops: [stopOf('s1')] }) })
      await api.call('POST', at(`/routes/${routeId}/confirm`))
      await planAsEngine(api.db, { companyId: company, routeId }, api.state.now)
    }
    await api.call('PUT', at('/routes/planned'), { body: routeOf() })
  })

  test('tells which unsent messages of live routes would move, with examples', async () => {
    const { status, body } = await effect({ ...current, confirmation: { sendAfter: '17:00' } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ moved: 2, going: 0, suppressed: 0, reworded: 0, routes: 2, complete: true })
    expect(body.examples[1]).toEqual({
      kind: 'moved',
      routeId: 'r2',
      stopId: 's1',
      event: 'confirmed',
      channel: 'sms',
      recipient: '+15125550101',
      from: '2026-12-01T22:00:00.000Z',
      to: '2026-12-01T23:00:00.000Z',
    })
  })

  test('names why a message would not go, and what would', async () => {
    const { body } = await effect({ ...current, smsEnabled: false })
    expect(body).toMatchObject({ moved: 0, suppressed: 4, examples: [{ reason: 'sms_off' }, {}, {}, {}] })
  })

  test('gives room to every kind in at most 20 examples', async () => {
    const stops = Array.from({ length: 15 }, (_, index) => stopOf(`s${index}`))
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ stops }) })
    await planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
    api.state.now += 60_000
    await planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
    const events = { confirmed: on, arrived: { enabled: false } }
    const { body } = await effect({ ...current, events, confirmation: { sendAfter: '17:00' } })
    expect([body.moved, body.suppressed]).toEqual([16, 16])
    const kinds = body.examples.map(({ kind }: { kind: string }) => kind)
    expect(kinds.filter((kind: string) => kind === 'moved')).toHaveLength(10)
    expect(kinds.filter((kind: string) => kind === 'suppressed')).toHaveLength(10)
  })

  test('changes nothing, and nobody hears of it', async () => {
    const forwarded = api.state.forwarded.length
    const before = await api.call('GET', at('/settings'))
    await effect({ ...current, customerNotifications: false })
    expect((await api.call('GET', at('/settings'))).body).toEqual(before.body)
    const statuses = await api.db('notifications').where({ company_id: company }).pluck('status')
    expect(statuses).toEqual(['planned', 'planned'])
    expect(api.state.forwarded).toHaveLength(forwarded)
  })

  test('of a document that cannot be saved is refused as saving it would be', async () => {
    const { status, body } = await effect({ timeZone: 'Chicago', opensAt: '17:00' })
    expect(status).toBe(422)
    expect(body.problems.map(({ path }: { path: string }) => path)).toEqual(['timeZone', 'opensAt'])
  })

  test('is for those who may change the settings', async () => {
    expect((await effect(current, await api.keyOf('viewer', company))).status).toBe(403)
    expect((await effect(current, await api.keyOf('dispatch', company))).status).toBe(200)
  })
})
