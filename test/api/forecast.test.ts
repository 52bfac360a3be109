import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

describe('the forecast of a route', () => {
  const api = useApi()
  let company: string
  const path = (more = '') => `/v1/companies/${company}/routes/r1${more}`
  const forecast = (query = '', key?: string) =>
    api.call('GET', path(`/forecast${query}`), key === undefined ? {} : { key })

  beforeEach(async () => {
    // Tuesday, 12:00 in Chicago.
    api.state.now = Date.parse('2026-12-01T18:00:00Z')
    company = await api.company()
    const enabled = { enabled: true }
    await api.call('PUT', `/v1/companies/${company}/settings`, {
      body: {
        timeZone: 'America/Chicago',
        customerNotifications: true,
        smsEnabled: true,
        events: { confirmed: enabled, arrived: enabled, departed: enabled },
      },
    })
    await api.call('PUT', path(), { body: routeOf({ stops: [stopOf('s1')] }) })
  })

  test('tells who will be told what and when, and who will not be', async () => {
    const { status, body } = await forecast()
    expect(status).toBe(200)
    expect(body).toEqual({
      confirmedAt: '2026-12-01T18:00:00.000Z',
      notifications: [
        {
          stopId: 's1',
          event: 'confirmed',
          channel: 'sms',
          recipient: '+15125550101',
          action: 'send',
          sendAt: '2026-12-01T22:00:00.000Z',
          text: 'Acme Rentals: your delivery is set for Wed, Dec 2, 12:30 PM - 1:30 PM. Ref C1',
        },
        {
          stopId: 's1',
          event: 'arrived',
          channel: 'sms',
          recipient: '+15125550101',
          action: 'send',
          text: 'Acme Rentals: our truck has arrived for your delivery. Ref C1',
        },
      ],
      notTold: [
        {
          stopId: 's1',
          contractNumber: 'C1',
          event: 'departed',
          reason: 'no_delivery_notification',
          reasonText: 'The contract has no delivery notification for this event, so nobody is told.',
        },
      ],
    })
  })

  test('answers for any moment of the confirmation', async () => {
    const at = async (confirmedAt: string) => {
      const { body } = await forecast(`?confirmedAt=${encodeURIComponent(confirmedAt)}`)
      return [body.confirmedAt, body.notifications[0].sendAt]
    }
    expect(await at('2026-12-01T16:00:01-06:00')).toEqual(['2026-12-01T22:00:01.000Z', '2026-12-02T14:00:00.000Z'])
    expect(await at('2026-12-02T09:00:00-06:00')).toEqual(['2026-12-02T15:00:00.000Z', '2026-12-02T15:05:00.000Z'])
  })

  test('holds a text until the quiet hours end, and suppresses what is too late then', async () => {
    const late = await forecast('?confirmedAt=2026-12-01T22:30:00-06:00')
    expect(late.body.notifications[0]).toMatchObject({ action: 'send', sendAt: '2026-12-02T14:00:00.000Z' })
    await api.call('PUT', path(), {
      body: routeOf({ stops: [stopOf('s1', { scheduledAt: '2026-12-02T06:30:00-06:00' })] }),
    })
    const stale = await forecast('?confirmedAt=2026-12-01T22:30:00-06:00')
    expect(stale.body.notifications[0]).toMatchObject({ action: 'suppress', reason: 'stale' })
    expect(stale.body.notifications[0]).not.toHaveProperty('sendAt')
    expect(stale.body.notTold[0]).toMatchObject({ event: 'confirmed', reason: 'stale' })
  })

  test('says that a channel without a provider cannot be used', async () => {
    await api.call('PUT', `/v1/companies/${company}/contracts/C1`, {
      body: {
        customer: { name: 'Ann' },
        deliveryNotifications: [{ method: 'email', address: 'ann@example.com', events: ['confirmed'] }],
      },
    })
    const [entry] = (await forecast()).body.notifications
    expect(entry).toMatchObject({
      action: 'suppress',
      reason: 'channel_not_configured',
      subject: 'Your delivery on Wed, Dec 2',
    })
  })

  test('changes nothing and tells nobody', async () => {
    const before = await api.call('GET', path())
    await forecast()
    expect((await api.call('GET', path())).body).toEqual(before.body)
    expect(await api.db('notifications').where({ company_id: company })).toEqual([])
  })

  test('shows a viewer that somebody is told, not whom or what', async () => {
    const { status, body } = await forecast('', await api.keyOf('viewer', company))
    expect(status).toBe(200)
    expect(body.notifications[0]).toMatchObject({ recipient: '+1******0101', text: '***' })
    expect((await forecast('', await api.keyOf('driver', company))).status).toBe(403)
  })

  test('of a live route tells what is still to come, whatever the moment asked for', async () => {
    await api.call('POST', path('/confirm'))
    api.state.now += 60_000
    await planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
    const live = await forecast('?confirmedAt=2026-12-02T09:00:00-06:00')
    expect(live.body.confirmedAt).toBe('2026-12-01T18:00:00.000Z')
    expect(live.body.notifications.map(({ sendAt }: { sendAt?: string }) => sendAt)).toEqual([
      '2026-12-01T22:00:00.000Z',
      undefined,
    ])
  })

  test('is refused for a day that is over then, as the confirmation would be, and for an unknown route', async () => {
    const { status, body } = await forecast('?confirmedAt=2026-12-03T00:00:00-06:00')
    expect([status, body.code]).toEqual([409, 'service_date_passed'])
    expect((await api.call('GET', `/v1/companies/${company}/routes/nowhere/forecast`)).status).toBe(404)
    const bad = await forecast('?confirmedAt=tomorrow&when=now')
    expect([bad.status, bad.body.problems.map(({ path: where }: { path: string }) => where)]).toEqual([
      422,
      ['query.confirmedAt', 'query.when'],
    ])
  })
})
