import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

describe('a day at a glance', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  const day = async (query = '', key?: string) =>
    (await api.call('GET', at(`/day${query}`), key === undefined ? {} : { key })).body
  const ref = () => ({ companyId: company, routeId: 'r1' })

  beforeEach(async () => {
    api.state.now = Date.parse('2026-12-02T05:30:00Z')
    company = await api.company()
    await api.call('PUT', at('/settings'), {
      body: {
        timeZone: 'America/Chicago',
        customerNotifications: true,
        smsEnabled: true,
        events: { confirmed: { enabled: true }, arrived: { enabled: true } },
      },
    })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ serviceDate: '2026-12-02' }) })
    await api.call('PUT', at('/routes/r2'), { body: routeOf({ serviceDate: '2026-12-01', stops: [stopOf('x')] }) })
  })

  test('is today’s in the company’s zone, unless another is asked for, and tells the API’s clock', async () => {
    expect(await day()).toMatchObject({ now: '2026-12-02T05:30:00.000Z', serviceDate: '2026-12-01' })
    const ids = async (query: string) => (await day(query)).routes.map(({ routeId }: { routeId: string }) => routeId)
    expect(await ids('')).toEqual(['r2'])
    expect(await ids('?serviceDate=2026-12-02')).toEqual(['r1'])
    expect(await ids('?serviceDate=2026-12-03')).toEqual([])
  })

  test('counts the messages of each stop that stand alike, and names the one that is due next', async () => {
    await api.call('PUT', at('/contracts/C2'), {
      body: {
        customer: { name: 'Bob' },
        deliveryNotifications: [{ method: 'sms', address: '512-555-0102', events: ['confirmed'] }],
      },
    })
    const stops = [stopOf('s1', { contracts: ['C1', 'C2'] }), stopOf('s2')]
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ stops }) })
    await api.call('POST', at('/routes/r1/confirm'))
    await planAsEngine(api.db, ref(), api.state.now)
    const { routes } = await day('?serviceDate=2026-12-02')
    expect(routes[0]).toMatchObject({
      status: 'confirmed',
      arrivalSource: 'driver',
      stops: [
        { stopId: 's1', messages: [{ event: 'confirmed', status: 'planned', count: 2 }] },
        { stopId: 's2', messages: [{ event: 'confirmed', status: 'planned', count: 1 }] },
      ],
      next: { event: 'confirmed', stopId: 's1' },
    })
    expect(routes[0].next.at).toBe(routes[0].stops[0].messages[0].plannedAt)
  })

  test('counts of a message that was sent again the latest alone', async () => {
    await api.call('POST', at('/routes/r1/confirm'))
    await planAsEngine(api.db, ref(), api.state.now)
    await api
      .db('notifications')
      .where({ company_id: company, stop_id: 's1' })
      .update({ status: 'failed', reason: 'unreachable' })
    const messagesOfFirst = async () => (await day('?serviceDate=2026-12-02')).routes[0].stops[0].messages
    expect(await messagesOfFirst()).toMatchObject([{ status: 'failed', reason: 'unreachable', count: 1 }])
    const { id } = await api.db('notifications').where({ company_id: company, stop_id: 's1' }).first('id')
    await api.call('POST', at(`/notifications/${id}/resend`), { body: { reason: 'new number' } })
    expect(await messagesOfFirst()).toMatchObject([{ status: 'planned', count: 1 }])
  })

  test('tells apart messages whose every customer a person told by phone', async () => {
    await api.call('PUT', at('/contracts/C2'), {
      body: {
        customer: { name: 'Bob' },
        deliveryNotifications: [{ method: 'sms', address: '512-555-0101', events: ['confirmed'] }],
      },
    })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ stops: [stopOf('s1', { contracts: ['C1', 'C2'] })] }) })
    await api.call('POST', at('/routes/r1/confirm'))
    await planAsEngine(api.db, ref(), api.state.now)
    await api.db('notifications').where({ company_id: company }).update({ status: 'failed', reason: 'unreachable' })
    const tell = (contractNumber: string) =>
      api.call('POST', at('/routes/r1/stops/s1/told-by-phone'), { body: { contractNumber, event: 'confirmed' } })
    const messages = async () => (await day('?serviceDate=2026-12-02')).routes[0].stops[0].messages
    await tell('C1')
    expect(await messages()).toEqual([expect.not.objectContaining({ toldByPhone: true })])
    await tell('C2')
    expect(await messages()).toEqual([expect.objectContaining({ status: 'failed', count: 1, toldByPhone: true })])
  })

  test('shows a truck with its GPS device and when it was last heard', async () => {
    await api.call('PUT', at('/trucks/T1'), {
      body: { name: 'Truck 1', device: { vendor: 'generic', deviceId: 'gps-1' } },
    })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ truckId: 'T1', driver: { name: 'Dan' } }) })
    const first = async () => (await day('?serviceDate=2026-12-02')).routes[0]
    expect(await first()).toMatchObject({
      truck: { truckId: 'T1', name: 'Truck 1' },
      driver: { name: 'Dan' },
      arrivalSource: 'geofence',
      device: { vendor: 'generic' },
    })
    expect((await first()).device).not.toHaveProperty('lastEventAt')
    await api
      .db('trucks')
      .where({ company_id: company })
      .update({ device_last_event_at: new Date(api.state.now) })
    expect((await first()).device.lastEventAt).toBe('2026-12-02T05:30:00.000Z')
  })

  test('holds no text and no recipient, and is for whoever may read the company', async () => {
    await api.call('POST', at('/routes/r1/confirm'))
    await planAsEngine(api.db, ref(), api.state.now)
    const whole = JSON.stringify(await day('?serviceDate=2026-12-02', await api.keyOf('viewer', company)))
    expect(whole).toContain('"planned"')
    expect(whole).not.toMatch(/5550101|Acme/)
    const driver = await api.call('GET', at('/day'), { key: await api.keyOf('driver', company) })
    expect(driver.status).toBe(403)
  })
})
