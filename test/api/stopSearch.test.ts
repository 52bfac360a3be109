import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

describe('the stops of a customer', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  async function found(q: string, key?: string): Promise<string[]> {
    const query = new URLSearchParams({ q })
    const { body } = await api.call('GET', at(`/stops?${query}`), key === undefined ? {} : { key })
    return body.items.map(({ routeId, stopId }: { routeId: string; stopId: string }) => `${routeId} ${stopId}`)
  }

  beforeEach(async () => {
    api.state.now = Date.parse('2026-12-01T18:00:00Z')
    company = await api.company()
    const told = [{ method: 'sms', address: '512-555-0177', events: ['confirmed'] }]
    const customer = { name: 'Maria Gómez' }
    await api.call('PUT', at('/contracts/RC-77'), { body: { customer, deliveryNotifications: told } })
    await api.call('PUT', at('/contracts/RC-78'), { body: { customer: { name: 'Zoe' }, deliveryNotifications: [] } })
    const here = stopOf('s1', { contracts: ['RC-77'], address: '7 Elm_Street, Austin' })
    const there = stopOf('s2', { contracts: ['RC-78'], address: '9 Oak Street, Austin' })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ stops: [here, there] }) })
    const later = { ...here, scheduledAt: '2026-12-09T19:00:00Z' }
    await api.call('PUT', at('/routes/r2'), { body: routeOf({ serviceDate: '2026-12-09', stops: [later] }) })
  })

  test.each([
    ['a part of the name', 'gómez'],
    ['a part of the contract’s number', 'c-77'],
    ['how the phone number begins', '(512) 555-0'],
    ['a part of the street address', 'elm_'],
  ])('are found by %s, the nearest first', async (_what, q) => {
    expect(await found(q)).toEqual(['r1 s1', 'r2 s1'])
  })

  test('come with the day, the route and the customer', async () => {
    const { body } = await api.call('GET', at('/stops?q=oak'))
    expect(body.items).toEqual([
      {
        ...{ routeId: 'r1', routeName: expect.any(String), serviceDate: '2026-12-02', stopId: 's2' },
        ...{ kind: 'delivery', status: 'pending', scheduledAt: expect.any(String), address: '9 Oak Street, Austin' },
        contracts: [{ number: 'RC-78', customer: { name: 'Zoe' } }],
      },
    ])
  })

  test('are found by where they were told, also when the contract says something else by now', async () => {
    await api.call('PUT', at('/settings'), {
      body: { customerNotifications: true, events: { confirmed: { enabled: true } } },
    })
    await api.call('POST', at('/routes/r1/confirm'))
    await planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
    const body = { customer: { name: 'Maria Gómez' }, deliveryNotifications: [] }
    await api.call('PUT', at('/contracts/RC-77'), { body })
    expect(await found('512-555-0177')).toEqual(['r1 s1'])
  })

  test('are found by street for two weeks', async () => {
    api.state.now = Date.parse('2026-12-20T18:00:00Z')
    expect(await found('elm')).toEqual(['r2 s1'])
    expect(await found('RC-77')).toEqual(['r2 s1', 'r1 s1'])
  })

  test('are found by a viewer by the whole of a name or address alone, and shown masked', async () => {
    const key = await api.keyOf('viewer', company)
    expect(await found('gómez', key)).toEqual([])
    expect(await found('512-555-017', key)).toEqual([])
    expect(await found('maria gómez', key)).toHaveLength(2)
    expect(await found('512-555-0177', key)).toHaveLength(2)
    const { body } = await api.call('GET', at('/stops?q=rc-78'), { key })
    expect(body.items[0].contracts).toEqual([{ number: 'RC-78', customer: { name: 'Z***' } }])
  })

  test('are none of another company, and none for a driver; a single letter is too little', async () => {
    const other = await api.company()
    const { body } = await api.call('GET', `/v1/companies/${other}/stops?q=RC-77`)
    expect(body.items).toEqual([])
    expect((await api.call('GET', at('/stops?q=RC-77'), { key: await api.keyOf('driver', company) })).status).toBe(403)
    const short = await api.call('GET', at('/stops?q=R'))
    expect([short.status, short.body.problems[0].path]).toEqual([422, 'query.q'])
  })
})
