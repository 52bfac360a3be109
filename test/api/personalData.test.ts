import { readRouteFacts } from '../../db/routeFacts'
import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

const phone = '+15125550101'

describe('the personal data of one address', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  const ask = (what: 'export' | 'erase', body: object, more: object = {}) =>
    api.call('POST', at(`/personal-data/${what}`), { body, ...more })
  const sms = { channel: 'sms', address: '(512) 555-0101' }
  const plan = () => planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
  const notifications = () => api.db('notifications').where({ company_id: company }).orderBy('sequence')

  beforeEach(async () => {
    api.state.now = Date.parse('2026-12-01T18:00:00Z')
    company = await api.company()
    const events = Object.fromEntries(['confirmed', 'arrived'].map((event) => [event, { enabled: true }]))
    const boss = { method: 'sms', address: phone, events: ['confirmed'] }
    await api.call('PUT', at('/settings'), {
      body: {
        timeZone: 'America/Chicago',
        customerNotifications: true,
        smsEnabled: true,
        events,
        internalRecipients: [boss],
      },
    })
    await api.call('PUT', at('/contracts/C1'), {
      body: {
        customer: { name: 'Ann Smith' },
        fields: { gate: '4471' },
        deliveryNotifications: [
          { method: 'sms', address: phone, events: ['confirmed', 'arrived'] },
          { method: 'sms', address: '+15125550102', events: ['confirmed'] },
        ],
      },
    })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ stops: [stopOf('s1')] }) })
    await api.call('POST', at('/routes/r1/confirm'))
    await plan()
    api.state.forwarded.length = 0
  })

  /** The text to Ann has come to this. */
  async function annsTextIs(changes: object, attempt: object | null = null): Promise<string> {
    const mine = { company_id: company, address: phone, internal: false }
    const [{ id }] = await api
      .db('notifications')
      .where(mine)
      .update({ text: 'Hello Ann', ...changes })
      .returning('id')
    if (attempt !== null)
      await api.db('attempts').insert({ notification_id: id, number: 1, at: new Date(api.state.now), ...attempt })
    return id
  }

  test('is exported whole: contracts, messages with their texts, consents, and nothing of anybody else', async () => {
    await annsTextIs({ status: 'sent' }, { outcome: 'accepted', message: 'for +15125550101' })
    const consent = { address: phone, channel: 'sms', action: 'granted', source: 'contract', note: 'Ann signed' }
    await api.call('POST', at('/consents'), { body: consent })
    await api.db('consents').insert({ channel: 'sms', address: phone, action: 'revoked', source: 'stop' })
    const { status, body } = await ask('export', sms)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{ channel: 'sms', address: phone, exportedAt: '2026-12-01T18:00:00.000Z' },
      contracts: [
        {
          ...{ number: 'C1', customer: { name: 'Ann Smith' }, fields: { gate: '4471' } },
          deliveryNotifications: [{ method: 'sms', address: phone, events: ['confirmed', 'arrived'] }],
        },
      ],
      notifications: [{ recipient: phone }, { recipient: phone, text: 'Hello Ann' }],
      consents: [
        { action: 'granted', note: 'Ann signed' },
        { action: 'revoked', source: 'stop' },
      ],
      internalRecipients: [{ method: 'sms', address: phone, events: ['confirmed'] }],
    })
    expect(JSON.stringify(body)).not.toContain('5550102')
    await api.db('consents').where({ company_id: null }).delete()
  })

  test('that is not stored is exported as nothing, and erased as nothing', async () => {
    const nobody = { channel: 'email', address: 'nobody@example.com' }
    expect((await ask('export', nobody)).body).toMatchObject({ contracts: [], notifications: [], consents: [] })
    expect((await ask('erase', nobody)).body).toEqual({ contracts: [], notifications: 0, underWay: 0, optedOut: false })
  })

  test('erased, it is nowhere but among the consents; what happened stays', async () => {
    await annsTextIs({ status: 'sent', provider_id: 'SM1' }, { outcome: 'accepted', message: `for ${phone}` })
    const consent = { address: phone, channel: 'sms', action: 'granted', source: 'contract', note: 'Ann signed' }
    await api.call('POST', at('/consents'), { body: consent })
    const { status, body } = await ask('erase', { ...sms, note: 'request 77' })
    expect([status, body]).toEqual([200, { contracts: ['C1'], notifications: 2, underWay: 0, optedOut: false }])

    const left = await ask('export', sms)
    expect(left.body).toMatchObject({ contracts: [], notifications: [], consents: [{ action: 'granted' }] })
    expect(left.body.consents[0].note).toBeUndefined()
    const own = await notifications()
    const ids = own.map(({ id }) => id)
    const attempts = await api.db('attempts').whereIn('notification_id', ids)
    const rows = await api.db('delivery_notifications').where({ company_id: company })
    const dump = JSON.stringify([own, attempts, rows])
    expect([attempts.length, rows.length]).toEqual([1, 1])
    expect(dump).not.toContain('5550101')
    expect(dump).not.toContain('Hello Ann')
    const { body: list } = await api.call('GET', at('/notifications'))
    expect(list.items.find(({ status }: { status: string }) => status === 'sent')).toMatchObject({
      ...{ recipient: 'erased', providerId: 'SM1', event: 'confirmed', erasedAt: expect.any(String) },
    })
    // Others on the contract are still told.
    expect((await notifications()).find(({ address }) => address === '+15125550102').status).toBe('planned')
  })

  test('leaves a trace of who erased it, and why, without it', async () => {
    await ask('erase', { ...sms, note: 'request 77' })
    await ask('erase', { ...sms, note: 'request 77, again' })
    const { body } = await api.call('GET', at('/audit'))
    expect(body.items[0]).toMatchObject({
      ...{ action: 'personal_data.erased', subject: 'sms', by: { name: 'ADMIN_API_KEY' } },
      changes: [
        { path: 'contracts', to: ['C1'] },
        { path: 'notifications', to: 2 },
        { path: 'note', to: 'request 77' },
      ],
    })
  })

  test('erased again changes nothing', async () => {
    await ask('erase', sms)
    const before = await notifications()
    expect((await ask('erase', sms)).body).toMatchObject({ contracts: [], notifications: 0 })
    expect(await notifications()).toEqual(before)
  })

  test('of somebody who is still to be told: nobody is told, and the route hears of it', async () => {
    await ask('erase', sms)
    expect(api.state.forwarded.map(({ message, routeId }) => [routeId, message.kind])).toEqual([['r1', 'planChanged']])
    await plan()
    const own = (await notifications()).filter(({ erased_at, internal }) => erased_at !== null && !internal)
    expect(own.map(({ status, reason }) => [status, reason])).toEqual([['suppressed', 'cancelled']])
    const { body } = await api.call('GET', at('/routes/r1/stops/s1/explanation'))
    const texts: string[] = body.entries.map(({ text }: { text: string }) => text)
    expect(texts.filter((text) => /erased is not sent: cancelled/.test(text))).toHaveLength(1)
    expect(texts.join()).not.toContain('5550101')
  })

  test.each([
    ['is being sent', { status: 'sending' }, { outcome: null }],
    ['is being looked up', { status: 'unknown' }, { outcome: 'unknown' }],
  ])('of a text that %s is erased a little later', async (_, state, attempt) => {
    const id = await annsTextIs(state, attempt)
    expect((await ask('erase', sms)).body).toMatchObject({ contracts: ['C1'], notifications: 1, underWay: 1 })
    expect((await notifications()).find((row) => row.id === id)).toMatchObject({ address: phone, ...state })

    await api
      .db('attempts')
      .where({ notification_id: id })
      .update({ called_at: api.db.raw(`now() - interval '16 minutes'`) })
    expect((await ask('erase', sms)).body).toMatchObject({ notifications: 1, underWay: 0 })
    expect((await notifications()).find((row) => row.id === id)).toMatchObject({ status: 'unknown', text: null })
    // As if the route had looked for it as often as it does: nobody can any more.
    const ref = { companyId: company, routeId: 'r1' }
    const facts = await readRouteFacts(api.db, ref, api.state.now)
    expect(facts?.notifications.find((record) => record.id === id)).toMatchObject({ lookUps: 3, status: 'unknown' })
  })

  test('erased, an opt-out stays in force, should the address be on a contract again', async () => {
    await api.call('POST', at('/consents'), {
      body: { address: phone, channel: 'sms', action: 'revoked', source: 'phone call', note: 'Ann is angry' },
    })
    expect((await ask('erase', sms)).body.optedOut).toBe(true)
    await api.call('PUT', at('/contracts/C1'), {
      body: {
        customer: { name: 'Ann Smith' },
        deliveryNotifications: [{ method: 'sms', address: phone, events: ['confirmed'] }],
      },
    })
    // The cutoff has passed.
    api.state.now = Date.parse('2026-12-01T22:10:00Z')
    await plan()
    const again = (await notifications()).filter(({ address, internal }) => address === phone && !internal)
    expect(again.map(({ status, reason }) => [status, reason])).toEqual([['suppressed', 'opted_out']])
  })

  test('belongs to one company and one channel', async () => {
    const other = company
    await annsTextIs({ status: 'sent' })
    company = await api.company()
    expect((await ask('erase', sms)).body).toMatchObject({ contracts: ['C1'] })
    company = other
    await ask('erase', { channel: 'email', address: 'ann@example.com' })
    expect((await notifications()).filter(({ address }) => address === phone)).toHaveLength(2)
    expect((await ask('export', sms)).body.contracts).toHaveLength(1)
  })

  test('is for admin and dispatch, and an impossible address is refused', async () => {
    for (const what of ['export', 'erase'] as const) {
      expect((await ask(what, sms, { key: await api.keyOf('dispatch', company) })).status).toBe(200)
      for (const role of ['viewer', 'driver'])
        expect((await ask(what, sms, { key: await api.keyOf(role, company) })).status).toBe(403)
      const bad = await ask(what, { channel: 'sms', address: '12', why: 'x' })
      expect([bad.status, bad.body.problems.map(({ path }: { path: string }) => path).sort()]).toEqual([
        422,
        ['address', 'why'],
      ])
    }
  })

  test('is kept encrypted when its export is asked for under an Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': `export-${company}` }
    const first = await ask('export', sms, { headers })
    expect((await ask('export', sms, { headers })).body).toEqual(first.body)
    expect(JSON.stringify(await api.db('idempotency_keys'))).not.toContain('5550101')
  })
})
