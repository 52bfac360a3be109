import { contractOf, publicUrl, routeOf, stopOf, useApi } from './useApi'

describe('companies, trucks, contracts and integrations', () => {
  const api = useApi()
  let company: string
  beforeEach(async () => {
    company = await api.company()
  })
  const at = (path = '') => `/v1/companies/${company}${path}`

  test('a company is created once and then replaced', async () => {
    const body = { name: 'Acme', phone: '(512) 555-0100', website: 'https://acme.example', country: 'CA' }
    expect((await api.call('PUT', '/v1/companies/fresh', { body })).status).toBe(201)
    const replaced = await api.call('PUT', '/v1/companies/fresh', { body: { name: 'Acme 2' } })
    expect(replaced.status).toBe(200)
    expect(replaced.body).toEqual({
      companyId: 'fresh',
      name: 'Acme 2',
      country: 'US',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    })
    const bad = await api.call('PUT', at(), { body: { name: ' ', website: 'javascript:x', country: 'XX' } })
    expect(bad.body.problems.map(({ path }: { path: string }) => path)).toEqual(['name', 'website', 'country'])
  })

  test('a device belongs to one truck', async () => {
    const device = { vendor: 'generic', deviceId: 'd1' }
    expect((await api.call('PUT', at('/trucks/t1'), { body: { name: 'One', device } })).status).toBe(201)
    const second = await api.call('PUT', at('/trucks/t2'), { body: { name: 'Two', device } })
    expect([second.status, second.body.code]).toEqual([409, 'device_already_linked'])
    expect(second.body.detail).toContain('"t1"')
    expect(second.body.problems).toEqual([{ path: 'device.deviceId', message: expect.stringContaining('"t1"') }])
    expect((await api.call('GET', at('/trucks/t2'))).status).toBe(404)
    await api.call('PUT', at('/trucks/t1'), { body: { name: 'One', device: null } })
    expect((await api.call('PUT', at('/trucks/t2'), { body: { name: 'Two', device } })).status).toBe(201)
    expect((await api.call('GET', at('/trucks/t2'))).body).toEqual({ truckId: 't2', name: 'Two', device })
  })

  test('a contract’s addresses are stored in one form, and impossible ones refused with everything else', async () => {
    await api.call('PUT', at('/contracts/C2'), {
      body: {
        customer: { name: 'Bob' },
        fields: { po: '77' },
        deliveryNotifications: [
          { method: 'sms', address: '(512) 555-0101', events: ['confirmed'] },
          { method: 'email', address: 'Bob@Example.COM', events: ['arrived'], onlyIfTextFails: true },
        ],
      },
    })
    expect((await api.call('GET', at('/contracts/C2'))).body).toMatchObject({
      number: 'C2',
      fields: { po: '77' },
      deliveryNotifications: [
        { method: 'sms', address: '+15125550101', onlyIfTextFails: false },
        { method: 'email', address: 'Bob@example.com', onlyIfTextFails: true },
      ],
    })
    const { status, body } = await api.call('PUT', at('/contracts/C3'), {
      body: {
        customer: {},
        fields: { 'not a name': 'x', number: 5 },
        deliveryNotifications: [
          { method: 'sms', address: '12', events: ['confirmed', 'confirmed'], onlyIfTextFails: true },
          { method: 'fax', address: 'x', events: ['left'] },
          { method: 'email', address: 'nobody', events: [] },
        ],
      },
    })
    expect(status).toBe(422)
    const paths = body.problems.map(({ path }: { path: string }) => path)
    for (const path of [
      'customer.name',
      'fields.number',
      'deliveryNotifications.0.address',
      'deliveryNotifications.0.events',
      'deliveryNotifications.1.method',
      'deliveryNotifications.1.events.0',
      'deliveryNotifications.2.address',
    ])
      expect(paths).toContain(path)
    expect((await api.call('GET', at('/contracts/C3'))).status).toBe(404)
  })

  test('whoever changes a contract that has been changed since they read it is refused', async () => {
    const read = await api.call('GET', at('/contracts/C1'))
    const etag = read.headers.get('etag') ?? ''
    expect(etag).toBe(`"${read.body.updatedAt}"`)
    const put = (tag: string, number = 'C1') =>
      api.call('PUT', at(`/contracts/${number}`), { body: contractOf('512-555-0102'), headers: { 'If-Match': tag } })
    const changed = await put(etag)
    expect(changed.status).toBe(200)
    const stale = await put(etag)
    expect([stale.status, stale.body.code]).toEqual([412, 'precondition_failed'])
    expect(stale.body.detail).toContain(changed.headers.get('etag'))
    expect((await put('*', 'none')).status).toBe(412)
    expect((await put(`"x", ${changed.headers.get('etag')}`)).status).toBe(200)
    const beforeErasure = (await api.call('GET', at('/contracts/C1'))).headers.get('etag') ?? ''
    const erased = { channel: 'sms', address: '512-555-0102' }
    expect((await api.call('POST', at('/personal-data/erase'), { body: erased })).status).toBe(200)
    expect((await put(beforeErasure)).status).toBe(412)
  })

  test('a truck that is to be added replaces none', async () => {
    const add = (name: string) =>
      api.call('PUT', at('/trucks/new'), { body: { name, device: null }, headers: { 'If-None-Match': '*' } })
    expect((await add('First')).status).toBe(201)
    const second = await add('Second')
    expect([second.status, second.body.code, second.body.problems[0].path]).toEqual([
      ...[412, 'precondition_failed', 'path.truckId'],
    ])
    expect((await api.call('GET', at('/trucks/new'))).body.name).toBe('First')
  })

  test('viewers see that there are recipients, not who they are', async () => {
    const key = await api.keyOf('viewer', company)
    const { body } = await api.call('GET', at('/contracts/C1'), { key })
    expect(body.customer.name).toBe('A***')
    expect(body.deliveryNotifications[0].address).toBe('+1******0101')
    expect((await api.call('PUT', at('/contracts/C1'), { key, body: contractOf('512-555-0101') })).status).toBe(403)
  })

  test('drivers read routes and nothing else', async () => {
    const key = await api.keyOf('driver', company)
    await api.call('PUT', at('/routes/r1'), { body: routeOf() })
    expect((await api.call('GET', at('/routes/r1'), { key })).status).toBe(200)
    expect((await api.call('GET', at('/contracts/C1'), { key })).status).toBe(403)
  })

  test('an integration’s secrets are kept encrypted and never returned', async () => {
    const webhookSecret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
    const put = await api.call('PUT', at('/integrations/generic'), {
      body: { webhookSecret, handOffUrl: 'https://tso.example/in' },
    })
    expect(put.status).toBe(201)
    const { body } = await api.call('GET', at('/integrations/generic'))
    expect(body).toMatchObject({
      vendor: 'generic',
      webhookSecretSet: true,
      apiTokenSet: false,
      handOffUrl: 'https://tso.example/in',
    })
    expect(JSON.stringify([put.body, body])).not.toContain(webhookSecret.slice(6))
    const { webhook_secret: stored } = await api.db('integrations').where({ company_id: company }).first()
    expect(stored.toString('latin1')).not.toContain(webhookSecret.slice(6))

    // Left out it stays, null removes it.
    expect((await api.call('PUT', at('/integrations/generic'), { body: {} })).body.webhookSecretSet).toBe(true)
    expect(
      (await api.call('PUT', at('/integrations/generic'), { body: { webhookSecret: null } })).body.webhookSecretSet,
    ).toBe(false)
    expect((await api.call('DELETE', at('/integrations/generic'))).status).toBe(204)
    expect((await api.call('GET', at('/integrations/generic'))).status).toBe(404)
    expect((await api.call('GET', at('/integrations/fax'))).status).toBe(422)
  })

  test('all integrations are listed with where each vendor posts to, set up or not, and without secrets', async () => {
    await api.call('PUT', at('/integrations/traccar'), { body: { webhookSecret: 'hush-hush' } })
    const { status, body } = await api.call('GET', at('/integrations'))
    expect([status, body]).toEqual([
      200,
      {
        vendors: [
          { vendor: 'samsara', webhookUrl: `${publicUrl}/v1/webhooks/samsara/${company}` },
          {
            vendor: 'traccar',
            webhookUrl: `${publicUrl}/v1/webhooks/traccar/${company}`,
            integration: (await api.call('GET', at('/integrations/traccar'))).body,
          },
          { vendor: 'generic', webhookUrl: `${publicUrl}/v1/webhooks/generic/${company}` },
        ],
        channels: [
          { channel: 'sms', configured: true, webhookUrl: `${publicUrl}/v1/webhooks/twilio/inbound` },
          { channel: 'email', configured: false },
        ],
      },
    ])
    expect((await api.call('GET', '/v1/companies/nowhere/integrations')).status).toBe(404)
  })

  test('a webhook secret that its vendor could not sign with is refused', async () => {
    const put = (vendor: string, webhookSecret: string) =>
      api.call('PUT', at(`/integrations/${vendor}`), { body: { webhookSecret } })
    expect((await put('generic', 'not base64!')).body.problems[0].path).toBe('webhookSecret')
    expect((await put('samsara', 'whsec_AAAA')).status).toBe(422)
    expect((await put('traccar', 'any text at all')).status).toBe(201)
  })

  test('consents are recorded under the stored form of an address and found by any form', async () => {
    const body = { address: '512 555 0101', channel: 'sms', action: 'revoked', source: 'phone call' }
    const made = await api.call('POST', at('/consents'), { body })
    expect([made.status, made.body.address, made.body.recordedBy]).toEqual([201, '+15125550101', 'ADMIN_API_KEY'])
    expect(made.body.bindsEveryCompany).toBe(false)
    for (const address of ['%2B15125550101', '+15125550101', '512-555-0101'])
      expect((await api.call('GET', at(`/consents?address=${address}`))).body.items).toHaveLength(1)
    const bad = await api.call('POST', at('/consents'), { body: { ...body, address: '1', action: 'maybe' } })
    expect(bad.body.problems.map(({ path }: { path: string }) => path).sort()).toEqual(['action', 'address'])
  })

  test('notifications are listed, none at first', async () => {
    expect((await api.call('GET', at('/notifications?status=sent&from=2026-12-01T00:00:00Z'))).body).toEqual({
      items: [],
      nextCursor: null,
    })
    expect((await api.call('GET', at('/notifications?status=lost'))).status).toBe(422)
  })
})

describe('the list of trucks', () => {
  const api = useApi()

  test('has their devices and the live route of today that each is on, page by page', async () => {
    const company = await api.company()
    const at = (path: string) => `/v1/companies/${company}${path}`
    const device = { vendor: 'samsara', deviceId: 'd1' }
    await api.call('PUT', at('/trucks/t1'), { body: { name: 'One', device } })
    for (const truckId of ['t2', 't3'])
      await api.call('PUT', at(`/trucks/${truckId}`), { body: { name: truckId, device: null } })
    // In Chicago it is still the first of December.
    api.state.now = Date.parse('2026-12-02T05:30:00Z')
    const route = async (routeId: string, truckId: string, day: string, hour: string) => {
      const stops = [stopOf('s1', { scheduledAt: `${day}T${hour}:00:00-06:00` })]
      await api.call('PUT', at(`/routes/${routeId}`), {
        body: routeOf({ name: routeId, serviceDate: day, truckId, stops }),
      })
      return api.call('POST', at(`/routes/${routeId}/confirm`))
    }
    await route('late', 't1', '2026-12-01', '23')
    await route('early', 't1', '2026-12-01', '22')
    await route('tomorrow', 't2', '2026-12-02', '10')
    const first = (await api.call('GET', at('/trucks?limit=2'))).body
    expect(first.items).toEqual([
      { truckId: 't1', name: 'One', device, liveRoute: { routeId: 'early', name: 'early' } },
      { truckId: 't2', name: 't2', device: null },
    ])
    const second = (await api.call('GET', at(`/trucks?limit=2&cursor=${first.nextCursor}`))).body
    expect(second).toEqual({ items: [{ truckId: 't3', name: 't3', device: null }], nextCursor: null })
    await api
      .db('trucks')
      .where({ company_id: company, truck_id: 't1' })
      .update('device_last_event_at', new Date(api.state.now))
    const [heard] = (await api.call('GET', at('/trucks'))).body.items
    expect(heard.deviceLastEventAt).toBe('2026-12-02T05:30:00.000Z')
    const other = await api.company()
    expect((await api.call('GET', `/v1/companies/${other}/trucks`)).body).toEqual({ items: [], nextCursor: null })
  })
})

describe('the list of contracts', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  const list = async (query: Record<string, string>, key?: string) =>
    (await api.call('GET', at(`/contracts?${new URLSearchParams(query)}`), { ...(key !== undefined && { key }) })).body
  const numbers = ({ items }: { items: { number: string }[] }) => items.map(({ number }) => number)
  const all = async (query: Record<string, string>) => {
    const found: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list({ ...query, limit: '1', ...(cursor !== '' && { cursor }) })
      found.push(...numbers(page))
      cursor = page.nextCursor
    }
    return found
  }

  beforeAll(async () => {
    company = await api.company()
    for (const [number, name] of [
      ['B-20', 'Zoe Miller'],
      ['b-10', 'Bob Stone'],
      ['B_30', '50% Off Ltd'],
      ['a-1', 'bob stone'],
      ['K-2', 'Bobbins'],
      ['K-3', 'B-20 Holdings'],
    ])
      await api.call('PUT', at(`/contracts/${number}`), { body: { ...contractOf('512-555-0101'), customer: { name } } })
  })

  test('is in the order of the numbers, each contract once, page by page', async () => {
    expect(await all({})).toEqual(['a-1', 'b-10', 'B-20', 'B_30', 'C1', 'K-2', 'K-3'])
    const [, first] = (await list({})).items
    expect(first).toEqual((await api.call('GET', at('/contracts/b-10'))).body)
  })

  test('is searched by how a number begins, then by how a customer’s name does', async () => {
    expect(await all({ q: 'b' })).toEqual(['b-10', 'B-20', 'B_30', 'K-3', 'a-1', 'K-2'])
    expect(await all({ q: 'BOB S' })).toEqual(['a-1', 'b-10'])
    expect(await all({ q: 'b-2' })).toEqual(['B-20', 'K-3'])
  })

  test('takes what is sought literally', async () => {
    expect(await all({ q: '50%' })).toEqual(['B_30'])
    expect(await all({ q: 'B_' })).toEqual(['B_30'])
    expect(await all({ q: '%' })).toEqual([])
    expect((await api.call('GET', at('/contracts?q='))).status).toBe(422)
    expect((await api.call('GET', at('/contracts?cursor=nonsense'))).status).toBe(422)
  })

  test('shows viewers masked customers, whom they find by their whole name alone', async () => {
    const key = await api.keyOf('viewer', company)
    const { items } = await list({ q: 'bob stone' }, key)
    expect(numbers({ items })).toEqual(['a-1', 'b-10'])
    expect(items[0]).toMatchObject({ customer: { name: 'b***' }, deliveryNotifications: [{ address: '+1******0101' }] })
    expect(numbers(await list({ q: 'bob' }, key))).toEqual([])
    expect(numbers(await list({ q: 'k-' }, key))).toEqual(['K-2', 'K-3'])
  })

  test('says which of their recipients have opted out', async () => {
    const email = { method: 'email', address: 'ann@example.com', events: ['confirmed'] }
    const { deliveryNotifications, ...rest } = contractOf('512-555-0199')
    await api.call('PUT', at('/contracts/Z-1'), {
      body: { ...rest, deliveryNotifications: [email, ...deliveryNotifications] },
    })
    const ofZ1 = async () => (await list({ q: 'Z-1' })).items[0].optedOut
    expect(await ofZ1()).toEqual([])
    const consent = { address: '512-555-0199', channel: 'sms', source: 'phone call' }
    await api.call('POST', at('/consents'), { body: { ...consent, action: 'revoked' } })
    expect(await ofZ1()).toEqual([1])
    expect((await api.call('GET', at('/contracts/Z-1'))).body.optedOut).toEqual([1])
    await api.call('POST', at('/consents'), { body: { ...consent, action: 'granted' } })
    expect(await ofZ1()).toEqual([])
  })

  test('has those of no other company', async () => {
    const other = await api.company()
    expect(numbers((await api.call('GET', `/v1/companies/${other}/contracts?q=c`)).body)).toEqual(['C1'])
  })
})

describe('the list of companies', () => {
  const api = useApi()

  test('has those that the caller may see, page by page', async () => {
    const companies = [await api.company(), await api.company(), await api.company()].sort()
    const first = (await api.call('GET', '/v1/companies?limit=2')).body
    expect(first.items.map(({ companyId }: { companyId: string }) => companyId)).toEqual(companies.slice(0, 2))
    const second = (await api.call('GET', `/v1/companies?limit=2&cursor=${first.nextCursor}`)).body
    expect(second).toMatchObject({ items: [{ companyId: companies[2] }], nextCursor: null })
    const key = await api.keyOf('viewer', companies[1])
    const own = (await api.call('GET', '/v1/companies', { key })).body
    expect(own).toMatchObject({ items: [{ companyId: companies[1], name: 'Acme Rentals' }], nextCursor: null })
  })
})
