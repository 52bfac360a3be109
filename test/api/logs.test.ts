import { routeOf, stopOf, useApi } from './useApi'

/** Whatever belongs to somebody and is sent in this file. */
const personal = [
  'Ann Smith',
  'Ann',
  'Smith',
  'ann.smith@example.com',
  '5550142',
  '555-0142',
  'Bob Driver',
  '7 Hidden Lane',
  'Call me after six',
  'hush-token',
  'aHVzaC1zZWNyZXQ=',
  'hush-secret',
  'dn_',
  'Bearer',
  'v1=',
]

describe('the API’s log', () => {
  const api = useApi()
  let company: string
  let key: string
  beforeAll(async () => {
    company = await api.company()
    key = await api.keyOf('dispatch', company)
  })
  beforeEach(() => {
    api.state.logged.length = 0
  })
  const at = (path = '') => `/v1/companies/${company}${path}`
  const log = () => api.state.logged.join('')
  const expectNobodyIn = (text: string) => {
    for (const value of personal) expect({ value, logged: text.includes(value) }).toEqual({ value, logged: false })
  }
  const contract = {
    customer: { name: 'Ann Smith' },
    fields: { gate: 'Call me after six' },
    deliveryNotifications: [
      { method: 'sms', address: '512-555-0142', events: ['confirmed'] },
      { method: 'email', address: 'ann.smith@example.com', events: ['confirmed'] },
    ],
  }
  const consent = {
    address: '512-555-0142',
    channel: 'sms',
    action: 'revoked',
    source: 'Ann Smith',
    note: 'Call me after six',
  }

  /** A database that refuses to write to a table, and quotes the row that it refuses. */
  async function refusing(table: string, work: () => Promise<unknown>): Promise<void> {
    await api.db.raw(`ALTER TABLE ${table} ADD CONSTRAINT planted_check CHECK (false) NOT VALID`)
    try {
      await work()
    } finally {
      await api.db.raw(`ALTER TABLE ${table} DROP CONSTRAINT planted_check`)
    }
  }

  test('of a day’s requests has their paths, and nobody’s name, number, address, text or key', async () => {
    await api.call('PUT', at('/contracts/C9'), { key, body: contract })
    await api.call('PUT', at('/integrations/samsara'), {
      key,
      body: { webhookSecret: 'aHVzaC1zZWNyZXQ=', apiToken: 'hush-token' },
    })
    const body = routeOf({ driver: { name: 'Bob Driver' }, stops: [stopOf('s1', { address: '7 Hidden Lane' })] })
    await api.call('PUT', at('/routes/r1'), { key, body })
    await api.call('POST', at('/routes/r1/confirm'), { key })
    await api.call('POST', at('/consents'), { key, body: consent })
    await api.call('GET', at('/consents?address=%2B15125550142'), { key })
    expect(log()).toContain(`"path":"${at('/contracts/C9')}"`)
    expectNobodyIn(log())
  })

  test('of what was refused repeats nothing of it', async () => {
    const bad = { ...contract, customer: { name: 5 }, deliveryNotifications: [{ method: 'sms', address: 'Ann Smith' }] }
    expect((await api.call('PUT', at('/contracts/C9'), { key, body: bad })).status).toBe(422)
    expect((await api.call('PUT', at('/contracts/C9'), { key, raw: '{"customer": Ann Smith' })).status).toBe(400)
    expect((await api.call('GET', at(), { key: 'dn_wrong' })).status).toBe(401)
    expect((await api.call('GET', '/u/hush-token', { key: null })).status).toBe(404)
    expect(log()).toContain('"path":"/u/***"')
    expectNobodyIn(log())
  })

  test('of a statement that failed names the constraint, and not the row that the database quotes', async () => {
    await refusing('consents', async () => {
      const reply = await api.call('POST', at('/consents'), { key, body: consent })
      expect(reply.status).toBe(500)
      expectNobodyIn(JSON.stringify(reply.body))
    })
    await refusing('delivery_notifications', async () =>
      expect((await api.call('PUT', at('/contracts/C9'), { key, body: contract })).status).toBe(500),
    )
    await refusing('stops', async () => {
      const body = routeOf({ stops: [stopOf('s1', { address: '7 Hidden Lane' })] })
      expect((await api.call('PUT', at('/routes/r2'), { key, body })).status).toBe(500)
    })
    for (const table of ['consents', 'delivery_notifications', 'stops']) expect(log()).toContain(`"table":"${table}"`)
    expect(log()).toContain('"code":"23514"')
    expect(log()).toContain('"constraint":"planted_check"')
    expect(log()).toMatch(/"frames":\["at /)
    expectNobodyIn(log())
  })

  test('of an error raised inside the database repeats none of its words', async () => {
    await api.db.raw(`
      CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'refused %', NEW.customer_name USING HINT = NEW.customer_name; END $$;
      CREATE TRIGGER planted BEFORE INSERT OR UPDATE ON contracts FOR EACH ROW EXECUTE FUNCTION planted();`)
    expect((await api.call('PUT', at('/contracts/C10'), { key, body: contract })).status).toBe(500)
    await api.db.raw('DROP TRIGGER planted ON contracts')
    expect(log()).toContain('"code":"P0001"')
    expectNobodyIn(log())
  })

  test('of vendors’ webhooks repeats neither body nor signature', async () => {
    const { body } = await api.call('PUT', at('/integrations/traccar'), { body: { webhookSecret: 'hush-secret' } })
    expect(body.webhookSecretSet).toBe(true)
    const send = (by: string, sent: object) =>
      api.call('POST', `/v1/webhooks/traccar/${company}`, { key: by, body: sent })
    expect((await send('hush-secret', { event: 'Ann Smith', device: { name: 'Bob Driver' } })).status).toBe(202)
    expect((await send('hush-token', {})).status).toBe(401)
    const twilio = { raw: 'From=%2B15125550142&Body=Ann+Smith', headers: { 'X-Twilio-Signature': 'hush-token' } }
    expect((await api.call('POST', '/v1/webhooks/twilio/inbound', { key: null, ...twilio })).status).toBe(401)
    const samsara = { raw: '{"data":"Ann Smith"}', headers: { 'X-Samsara-Signature': 'v1=hush-token' } }
    expect((await api.call('POST', `/v1/webhooks/samsara/${company}`, { key: null, ...samsara })).status).toBe(401)
    expect(log()).toContain('was not understood')
    expectNobodyIn(log())
  })

  test('keeps what no field should have held', async () => {
    // Somebody adds a line without thinking.
    api.log.warn(
      { body: contract, request: { headers: { authorization: `Bearer ${key}` } }, to: '+15125550142' },
      'Oops',
    )
    expect(log()).toContain('Oops')
    expectNobodyIn(log())
  })
})
