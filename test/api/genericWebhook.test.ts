import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { setRouteStatus } from '../../db/routes'
import { routeOf, stopOf, useApi } from './useApi'

describe('the generic webhook', () => {
  const api = useApi()
  const secret = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
  let company: string
  const outcomes = async () =>
    (await api.db('visit_events').where({ company_id: company }).orderBy('id')).map(({ outcome, stop_id }) => [
      outcome,
      stop_id,
    ])
  const kinds = () => api.state.forwarded.map(({ message }) => [message.kind, message.stopId])

  beforeEach(async () => {
    company = await api.company()
    api.state.now = Date.parse('2026-12-02T19:00:00Z')
    await api.call('PUT', `/v1/companies/${company}/integrations/generic`, { body: { webhookSecret: secret } })
    await api.call('PUT', `/v1/companies/${company}/trucks/t1`, {
      body: { name: 'T', device: { vendor: 'generic', deviceId: 'd1' } },
    })
    const stops = [stopOf('s1', { geofence: { id: 'yard' } }), stopOf('s2', { geofence: { id: 'site' } })]
    await api.call('PUT', `/v1/companies/${company}/routes/r1`, { body: routeOf({ truckId: 't1', stops }) })
    await api.call('POST', `/v1/companies/${company}/routes/r1/confirm`)
    api.state.forwarded.length = 0
  })

  const event = (more: object = {}) => ({
    eventId: randomUUID(),
    deviceId: 'd1',
    kind: 'arrived',
    occurredAt: '2026-12-02T18:59:00Z',
    geofenceId: 'yard',
    ...more,
  })

  /** Signs as the reference library of Standard Webhooks does. */
  function send(
    body: unknown,
    { at = api.state.now, by = secret, change = (text: string) => text, to = company } = {},
  ) {
    const raw = typeof body === 'string' ? body : JSON.stringify(body)
    const signature = new Webhook(by).sign('msg_1', new Date(at), raw)
    return api.call('POST', `/v1/webhooks/generic/${to}`, {
      key: null,
      raw: change(raw),
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(at / 1000)),
        'webhook-signature': `v2,ignored ${signature}`,
      },
    })
  }

  test('an event finds its stop by device, truck, the route of its day, and geofence or stop id', async () => {
    expect((await send(event())).status).toBe(202)
    await send(event({ kind: 'departed', geofenceId: null, stopId: 's2', somethingNew: 1 }))
    await send(event({ kind: 'enter', geofenceId: 'site' }))
    await send(event({ kind: 'exit', geofenceId: 'site' }))
    expect(await outcomes()).toEqual([
      ['counted', 's1'],
      ['counted', 's2'],
      ['counted', 's2'],
      ['counted', 's2'],
    ])
    expect(kinds()).toEqual([
      ['arrived', 's1'],
      ['departed', 's2'],
      ['arrived', 's2'],
      ['departed', 's2'],
    ])
  })

  test('the same event twice changes nothing', async () => {
    const once = event()
    expect([(await send(once)).status, (await send(once)).status]).toEqual([202, 202])
    expect([await outcomes(), kinds()]).toEqual([[['counted', 's1']], [['arrived', 's1']]])
  })

  test('what finds no stop is recorded, ignored and accepted', async () => {
    await send(event({ deviceId: 'stranger' }))
    await send(event({ geofenceId: 'elsewhere' }))
    await send(event({ occurredAt: '2026-11-30T18:59:00Z' }))
    await send(event({ kind: 'enter', accuracyMeters: 500 }))
    await setRouteStatus(api.db, { companyId: company, routeId: 'r1' }, 'completed')
    await send(event())
    expect(await outcomes()).toEqual([
      ['unknown_device', null],
      ['no_stop', null],
      ['no_route', null],
      ['inaccurate', 's1'],
      ['no_route', null],
    ])
    expect(kinds()).toEqual([])
  })

  test('the day of an event is that of the company’s zone', async () => {
    // 23:30 of the 2nd in Chicago.
    api.state.now = Date.parse('2026-12-03T05:31:00Z')
    await send(event({ occurredAt: '2026-12-03T05:30:00Z' }))
    expect(await outcomes()).toEqual([['counted', 's1']])
  })

  test('an event keeps the driver’s buttons away, as it says that the device is alive', async () => {
    await send(event({ geofenceId: 'elsewhere' }))
    const { body } = await api.call('GET', `/v1/companies/${company}/trucks/t1`)
    expect(body.deviceLastEventAt).toBe('2026-12-02T18:59:00.000Z')
  })

  test.each([
    ['another secret', { by: `whsec_${Buffer.alloc(24, 1).toString('base64')}` }],
    ['a changed body', { change: (text: string) => text.replace('yard', 'site') }],
    ['an old timestamp', { at: Date.parse('2026-12-02T18:54:59Z') }],
    ['a timestamp from the future', { at: Date.parse('2026-12-02T19:05:01Z') }],
    ['a company without that integration', { to: 'nobody' }],
    ['a company that no id can name', { to: 'a%20b' }],
  ])('with %s is refused', async (_what, options) => {
    const { status, body } = await send(event(), options)
    expect([status, body.code]).toEqual([401, 'invalid_signature'])
    expect(await outcomes()).toEqual([])
  })

  test('without any signature is refused', async () => {
    expect((await api.call('POST', `/v1/webhooks/generic/${company}`, { key: null, body: event() })).status).toBe(401)
    expect((await api.call('POST', `/v1/webhooks/generic/${company}`, { body: event() })).status).toBe(401)
  })

  test.each([
    ['not json'],
    ['[]'],
    [event({ kind: 'left' })],
    [event({ deviceId: 'a\u0000' })],
    [event({ occurredAt: 'noon' })],
  ])('an authentic body that is not understood is accepted, so that it is not sent for ever', async (body) => {
    const reply = await send(body)
    expect([reply.status, reply.body.outcome]).toEqual([202, 'not_understood'])
  })
})
