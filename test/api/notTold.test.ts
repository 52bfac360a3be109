import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

interface Item {
  routeId: string
  contractNumber: string
  event: string
  reason: string
  notificationIds: string[]
}

describe('the customers who could not be told', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  const ofDay = async (key?: string) => {
    const { body } = await api.call('GET', at('/not-told?serviceDate=2026-12-02'), key === undefined ? {} : { key })
    return body.items.map(
      ({ routeId, contractNumber, event, reason }: Item) => `${routeId} ${contractNumber} ${event}: ${reason}`,
    )
  }
  const set = (notification: object) => api.db('notifications').where({ company_id: company }).update(notification)

  beforeEach(async () => {
    api.state.now = Date.parse('2026-12-01T18:00:00Z')
    company = await api.company()
    await api.call('PUT', at('/settings'), {
      body: {
        timeZone: 'America/Chicago',
        customerNotifications: true,
        smsEnabled: true,
        events: { confirmed: { enabled: true }, arrived: { enabled: true } },
      },
    })
    await api.call('PUT', at('/contracts/C2'), { body: { customer: { name: 'Bob' }, deliveryNotifications: [] } })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ stops: [stopOf('s1', { contracts: ['C1', 'C2'] })] }) })
    await api.call('PUT', at('/routes/r2'), { body: routeOf({ serviceDate: '2026-12-03', stops: [stopOf('s1')] }) })
  })

  test('are known before anything happens, when nobody is listed on the contract', async () => {
    expect(await ofDay()).toEqual([
      'r1 C2 confirmed: no_delivery_notification',
      'r1 C2 arrived: no_delivery_notification',
    ])
    const { body } = await api.call('GET', at('/routes/r2/not-told'))
    expect(body).toEqual({ items: [] })
  })

  test.each([
    [{ status: 'failed', reason: 'unreachable' }, 'unreachable', 'The phone or mailbox cannot be reached.'],
    [{ status: 'undelivered', reason: 'opted_out' }, 'opted_out', 'The recipient has opted out with the provider.'],
    [{ status: 'unknown' }, 'unknown', 'Nobody knows whether it went out: ask the customer, or send it again.'],
    [{ status: 'suppressed', reason: 'sms_off' }, 'sms_off', 'Text messages are switched off for this company.'],
  ])('are listed when a message ended as %j', async (ended, reason, reasonText) => {
    await api.call('POST', at('/routes/r1/confirm'))
    await planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
    expect(await ofDay()).toHaveLength(2)
    await set(ended)
    const { body } = await api.call('GET', at('/routes/r1/not-told'))
    expect(body.items[0]).toEqual({
      routeId: 'r1',
      stopId: 's1',
      contractNumber: 'C1',
      event: 'confirmed',
      reason,
      reasonText,
      notificationIds: [expect.any(String)],
    })
    expect((await ofDay())[0]).toBe(`r1 C1 confirmed: ${reason}`)
  })

  test.each([
    [{ status: 'delivered' }],
    [{ status: 'suppressed', reason: 'not_confirmed', decision: '{"withdrawn":true}' }],
    [{ status: 'suppressed', reason: 'event_off' }],
  ])('are not those whose message ended as %j', async (ended) => {
    await api.call('POST', at('/routes/r1/confirm'))
    await planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
    await set(ended)
    expect(await ofDay()).toHaveLength(2)
  })

  test('whom a person told by phone are listed with who and when, each event by itself', async () => {
    const key = await api.keyOf('dispatch', company)
    const body = { contractNumber: 'C2', event: 'confirmed' }
    await api.call('POST', at('/routes/r1/stops/s1/told-by-phone'), { key, body })
    for (const list of ['/not-told?serviceDate=2026-12-02', '/routes/r1/not-told']) {
      const { items } = (await api.call('GET', at(list))).body
      expect(items).toMatchObject([{ toldByPhone: { by: 'dispatch key', at: '2026-12-01T18:00:00.000Z' } }, {}])
      expect(items[1]).not.toHaveProperty('toldByPhone')
    }
  })

  test('may be read by a viewer, not by a driver, and need a day', async () => {
    expect(await ofDay(await api.keyOf('viewer', company))).toHaveLength(2)
    const driver = await api.call('GET', at('/not-told?serviceDate=2026-12-02'), {
      key: await api.keyOf('driver', company),
    })
    expect(driver.status).toBe(403)
    const { status, body } = await api.call('GET', at('/not-told'))
    expect([status, body.problems[0].path]).toEqual([422, 'query.serviceDate'])
    expect((await api.call('GET', at('/routes/r9/not-told'))).status).toBe(404)
  })
})
