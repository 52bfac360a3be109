import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks'
import { publicUrl, routeOf, twilioToken, useApi } from './useApi'

describe('Twilio’s webhooks', () => {
  const api = useApi()
  let company: string

  beforeEach(async () => {
    company = await api.company()
    await api.call('PUT', `/v1/companies/${company}/routes/r1`, { body: routeOf() })
    await api.call('POST', `/v1/companies/${company}/routes/r1/confirm`)
    api.state.forwarded.length = 0
  })

  function post(path: string, fields: Record<string, string>, token = twilioToken, signedUrl = publicUrl + path) {
    return api.call('POST', path, {
      key: null,
      raw: new URLSearchParams(fields).toString(),
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-Twilio-Signature': getExpectedTwilioSignature(token, signedUrl, fields),
      },
    })
  }

  async function acceptedText(providerId: string | null): Promise<string> {
    const [row] = await api
      .db('notifications')
      .insert({
        company_id: company,
        route_id: 'r1',
        stop_id: 's1',
        event: 'confirmed',
        channel: 'sms',
        address: '+15125550101',
        revision: 1,
        contract_numbers: ['C1'],
        confirmation: 1,
        settings_version: 1,
        status: providerId === null ? 'unknown' : 'accepted',
        provider_id: providerId,
      })
      .returning('id')
    return row.id
  }

  test('a receipt moves its notification and is answered with an empty response', async () => {
    const id = await acceptedText('SM1')
    const reply = await post(`/v1/webhooks/twilio/status?n=${id}`, {
      MessageSid: 'SM1',
      MessageStatus: 'delivered',
      To: '+15125550101',
      NewField: 'x',
    })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8'])
    expect(reply.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
    const { body } = await api.call('GET', `/v1/companies/${company}/notifications`)
    expect(body.items[0]).toMatchObject({ id, status: 'delivered', providerId: 'SM1', recipient: '+15125550101' })
    expect(api.state.forwarded).toEqual([])
  })

  test('a receipt proves a text of unknown outcome, and a late one changes nothing', async () => {
    const id = await acceptedText(null)
    await post(`/v1/webhooks/twilio/status?n=${id}`, { MessageSid: 'SM2', MessageStatus: 'delivered' })
    await post(`/v1/webhooks/twilio/status?n=${id}`, { MessageSid: 'SM2', MessageStatus: 'sent' })
    const { body } = await api.call('GET', `/v1/companies/${company}/routes/r1`)
    expect(body.stops[0].notifications[0]).toMatchObject({ status: 'delivered', providerId: 'SM2' })
  })

  test('that Twilio has a text proves one of unknown outcome, before the carrier has it', async () => {
    const id = await acceptedText(null)
    await post(`/v1/webhooks/twilio/status?n=${id}`, { MessageSid: 'SM5', MessageStatus: 'queued' })
    const stored = async () =>
      (await api.call('GET', `/v1/companies/${company}/routes/r1`)).body.stops[0].notifications[0]
    expect(await stored()).toMatchObject({ status: 'accepted', providerId: 'SM5' })
    await post(`/v1/webhooks/twilio/status?n=${id}`, { MessageSid: 'SM5', MessageStatus: 'delivered' })
    await post(`/v1/webhooks/twilio/status?n=${id}`, { MessageSid: 'SM5', MessageStatus: 'sending' })
    expect(await stored()).toMatchObject({ status: 'delivered', providerId: 'SM5' })
  })

  test.each(['completed', 'cancelled'])(
    'a text that did not get through lets a route look again that is %s, once',
    async (status) => {
      const sid = `SM-${status}`
      const id = await acceptedText(sid)
      await api.db('routes').where({ company_id: company }).update({ status })
      const receipt = { MessageSid: sid, MessageStatus: 'undelivered', ErrorCode: '30003' }
      for (let time = 1; time <= 3; time++) await post(`/v1/webhooks/twilio/status?n=${id}`, receipt)
      expect(api.state.forwarded.map(({ message }) => message.kind)).toEqual(['undelivered'])
    },
  )

  test('a text that did not get through lets the route look again, and 21610 opts the number out', async () => {
    const id = await acceptedText('SM3')
    await post(`/v1/webhooks/twilio/status?n=${id}`, {
      MessageSid: 'SM3',
      MessageStatus: 'undelivered',
      ErrorCode: '21610',
      To: '+15125550101',
    })
    expect(api.state.forwarded.map(({ message }) => [message.kind, message.source])).toEqual([
      ['undelivered', 'twilio'],
    ])
    const { body: route } = await api.call('GET', `/v1/companies/${company}/routes/r1`)
    expect(route.stops[0].notifications[0]).toMatchObject({
      reason: 'opted_out',
      reasonText: 'The recipient said STOP to this sender, and is not texted until they say START.',
    })
    const { body } = await api.call('GET', `/v1/companies/${company}/consents?address=%2B15125550101`)
    expect(body.items[0]).toMatchObject({ action: 'revoked', source: 'twilio_21610' })
  })

  test('a receipt of a message that nobody knows is taken', async () => {
    expect(
      (await post('/v1/webhooks/twilio/status?n=nonsense', { MessageSid: 'SM9', MessageStatus: 'delivered' })).status,
    ).toBe(200)
    const another = '00000000-0000-4000-8000-000000000000'
    for (const path of ['/v1/webhooks/twilio/status', `/v1/webhooks/twilio/status?n=${another}`])
      for (const MessageStatus of ['queued', 'undelivered', 'a status of next year'])
        expect((await post(path, { MessageSid: 'SM9', MessageStatus })).status).toBe(200)
    expect(api.state.forwarded).toEqual([])
  })

  test.each([
    ['another token', 'another-token', undefined],
    ['another address', twilioToken, 'https://elsewhere.example.com/v1/webhooks/twilio/status'],
  ])('a receipt signed with %s is refused', async (_what, token, url) => {
    const { status, body } = await post(
      '/v1/webhooks/twilio/status',
      { MessageSid: 'SM1', MessageStatus: 'failed' },
      token,
      url,
    )
    expect([status, body.code]).toEqual([401, 'invalid_signature'])
  })

  test('STOP and START bind the number for every company; other texts decide nothing', async () => {
    const say = (Body: string, more = {}) =>
      post('/v1/webhooks/twilio/inbound', { From: '+15125550177', Body, ...more })
    for (const text of [' Stop. ', 'Stop please', 'hello', 'HELP', 'START']) expect((await say(text)).status).toBe(200)
    await say('halt', { OptOutType: 'STOP' })
    const { body } = await api.call('GET', `/v1/companies/${company}/consents?address=%2B15125550177`)
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(['revoked', 'granted', 'revoked'])
    expect(body.items.every(({ bindsEveryCompany }: { bindsEveryCompany: boolean }) => bindsEveryCompany)).toBe(true)
    expect((await post('/v1/webhooks/twilio/inbound', { From: '+15125550177', Body: 'STOP' }, 'wrong')).status).toBe(
      401,
    )
  })
})
