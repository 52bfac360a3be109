import { routeOf, stopOf, useApi } from './useApi'

describe('a driver’s link', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  beforeEach(async () => {
    company = await api.company()
    api.state.now = Date.parse('2026-12-02T18:00:00Z')
    await api.call('PUT', at('/trucks/t1'), { body: { name: 'Truck 7', device: null } })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ truckId: 't1', driver: { name: 'Bob' } }) })
  })
  const confirm = () => api.call('POST', at('/routes/r1/confirm'))
  async function link(): Promise<string> {
    const { status, body } = await api.call('POST', at('/routes/r1/driver-link'))
    expect([status, body.expiresAt]).toEqual([201, '2026-12-03T18:00:00.000Z'])
    return /^https:\/\/dispatch\.example\.com\/api\/d\/(dl_[\w-]{43})$/.exec(body.url)?.[1] ?? ''
  }
  const route = (key: string) => api.call('GET', '/v1/driver/route', { key })
  const report = (key: string, kind: string, body: object = {}, stop = 's1') =>
    api.call('POST', `/v1/driver/stops/${stop}/${kind}`, { key, body })

  test('shows where to go, and nothing of who is told', async () => {
    await confirm()
    const { status, body } = await route(await link())
    expect(status).toBe(200)
    expect(body).toMatchObject({ routeId: 'r1', status: 'confirmed', truckName: 'Truck 7', driver: { name: 'Bob' } })
    expect(body.buttons).toEqual({ shown: true })
    expect(body.stops[0]).toEqual({
      stopId: 's1',
      kind: 'delivery',
      status: 'pending',
      scheduledAt: '2026-12-02T19:00:00.000Z',
      timeZone: 'America/Chicago',
      address: '1 Main St, Austin',
      contracts: ['C1'],
    })
    expect(JSON.stringify(body)).not.toMatch(/Ann|Smith|5550101/)
  })

  test('reports once, however often it is sent', async () => {
    await confirm()
    const key = await link()
    const first = { eventId: 'phone-1', occurredAt: '2026-12-02T11:50:00-06:00' }
    for (let n = 0; n < 3; n++) {
      const { status, body } = await report(key, 'arrived', first)
      expect([status, body]).toEqual([
        202,
        { eventId: 'phone-1', stopId: 's1', kind: 'arrived', occurredAt: '2026-12-02T17:50:00.000Z' },
      ])
    }
    await report(key, 'skipped', {}, 's2')
    const events = await api.db('visit_events').where({ company_id: company }).orderBy('id')
    expect(events.map(({ kind, stop_id, source }) => ({ kind, stop_id, source }))).toEqual([
      { kind: 'arrived', stop_id: 's1', source: 'driver' },
      { kind: 'skipped', stop_id: 's2', source: 'driver' },
    ])
    const { items } = (await api.call('GET', at('/audit'))).body
    expect(items[0].by).toEqual({ keyId: expect.stringMatching(/^driver-link:/), name: 'Driver’s link' })
  })

  test('says why the buttons are hidden: not confirmed, over, or decided by the truck’s device', async () => {
    const key = await link()
    const buttons = async () => (await route(key)).body.buttons
    expect(await buttons()).toMatchObject({
      shown: false,
      reason: 'route_not_confirmed',
      reasonText: expect.any(String),
    })
    expect((await report(key, 'arrived')).body.code).toBe('route_not_confirmed')
    await confirm()
    await api.call('PUT', at('/trucks/t1'), { body: { name: 'T', device: { vendor: 'samsara', deviceId: company } } })
    expect(await buttons()).toMatchObject({ shown: false, reason: 'arrival_source_is_geofence' })
    expect((await report(key, 'arrived')).body.code).toBe('arrival_source_is_geofence')
    await api.call('POST', at('/routes/r1/cancel'))
    expect(await buttons()).toMatchObject({ shown: false, reason: 'route_closed' })
  })

  test('reaches nothing but its route, which no other key reaches that way', async () => {
    await api.call('PUT', at('/routes/r2'), { body: routeOf({ stops: [stopOf('other')] }) })
    const key = await link()
    for (const path of [at('/routes/r1'), at('/routes/r2'), at(''), '/v1/companies', '/v1/session', '/v1/api-keys']) {
      const { status, body } = await api.call('GET', path, { key })
      expect({ path, status, code: body.code }).toEqual({ path, status: 404, code: 'not_found' })
    }
    expect((await api.call('POST', at('/routes/r1/stops/s1/arrived'), { key })).status).toBe(404)
    expect((await report(key, 'arrived', {}, 'other')).status).toBe(404)
    expect((await route(await api.keyOf('driver', company))).status).toBe(404)
  })

  test('works until 12 hours after its day, or until it is revoked', async () => {
    const key = await link()
    api.state.now = Date.parse('2026-12-03T17:59:59Z')
    expect((await route(key)).status).toBe(200)
    api.state.now = Date.parse('2026-12-03T18:00:00Z')
    expect((await route(key)).status).toBe(401)
    expect((await api.call('POST', at('/routes/r1/driver-link'))).body.code).toBe('service_date_passed')
    api.state.now = Date.parse('2026-12-02T18:00:00Z')
    expect((await api.call('DELETE', at('/routes/r1/driver-link'))).status).toBe(204)
    expect((await route(key)).status).toBe(401)
    expect((await api.call('DELETE', at('/routes/r1/driver-link'))).status).toBe(404)
  })

  test('is in no log, and in the database as a hash alone', async () => {
    const key = await link()
    await api.call('GET', `/d/${key}`, { key: null })
    expect(api.state.logged.join('')).toContain('/d/***')
    expect(api.state.logged.join('')).not.toContain(key)
    expect(JSON.stringify(await api.db('driver_links'))).not.toContain(key)
  })
})
