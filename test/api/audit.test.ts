import { endpoints } from '../../api/endpoints'
import { setRouteStatus } from '../../db/routes'
import { planAsEngine } from './plan'
import { contractOf, routeOf, stopOf, useApi } from './useApi'

interface Entry {
  by: { keyId: string; name: string }
  action: string
  subject: string
  changes: { path: string; from?: unknown; to?: unknown }[]
}

/**
 * The calls that change nothing although they are no GET, and those that no key makes: what webhooks bring is kept as it
 * came, and what operators do with their own sessions is in test/api/sessions.test.ts, what a driver's link reports in driver.test.ts.
 */
const exempt = [
  'DELETE /v1/session',
  'DELETE /v1/sessions',
  'POST /u/{token}',
  'POST /v1/companies/{companyId}/settings/effect',
  'POST /v1/companies/{companyId}/settings/preview',
  ...['arrived', 'departed', 'skipped'].map((report) => `POST /v1/driver/stops/{stopId}/${report}`),
  'POST /v1/session',
  'POST /v1/session/password',
  'POST /v1/webhooks/generic/{companyId}',
  'POST /v1/webhooks/samsara/{companyId}',
  'POST /v1/webhooks/traccar/{companyId}',
  'POST /v1/webhooks/twilio/inbound',
  'POST /v1/webhooks/twilio/status',
]

describe('the audit log', () => {
  const api = useApi()
  let company: string
  let keyId: string
  let key: string
  beforeEach(async () => {
    company = await api.company()
    await api.call('PUT', at('/settings'), {
      body: { customerNotifications: true, smsEnabled: true, events: { confirmed: { enabled: true } } },
    })
    const { body } = await api.call('POST', '/v1/api-keys', {
      body: { name: 'Front desk', role: 'dispatch', companyId: company },
    })
    ;[keyId, key] = [body.id, body.key]
  })
  const at = (path: string) => `/v1/companies/${company}${path}`
  const stored = async (): Promise<Entry[]> =>
    (await api.call('GET', '/v1/audit?limit=200')).body.items.filter(
      ({ companyId }: { companyId?: string }) => companyId === company,
    )
  const route = (more: object = {}) =>
    api.call('PUT', at('/routes/r1'), { key, body: routeOf({ stops: [stopOf('s1')], ...more }) })
  let operators = 0
  const operator = () =>
    api.call('POST', '/v1/operators', {
      key,
      body: { name: 'Dispatcher', email: `smith-${operators++}@example.com`, role: 'viewer' },
    })
  const confirmed = async () => {
    await route()
    await api.call('POST', at('/routes/r1/confirm'), { key })
  }

  /** A notification of the route that failed, as the engine leaves it. */
  async function failed(): Promise<string> {
    await confirmed()
    await planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
    const [{ id }] = await api
      .db('notifications')
      .where({ company_id: company })
      .update({ status: 'failed', reason: 'unreachable' })
      .returning('id')
    return id
  }

  /** For each call that changes something: what goes before it, the call itself, and the entry that it leaves. */
  const calls: Record<string, [call: () => Promise<{ status: number }>, action: string, subject?: string]> = {
    'PUT /v1/companies/{companyId}': [
      () => api.call('PUT', at(''), { key, body: { name: 'New name', phone: '512-555-0100' } }),
      'company.changed',
    ],
    'PUT /v1/companies/{companyId}/settings': [
      () => api.call('PUT', at('/settings'), { key, body: { smsEnabled: false } }),
      'settings.saved',
    ],
    'POST /v1/companies/{companyId}/settings/restore': [
      () => api.call('POST', at('/settings/restore'), { key, body: { version: 0 } }),
      'settings.restored',
    ],
    'PUT /v1/companies/{companyId}/trucks/{truckId}': [
      () => api.call('PUT', at('/trucks/t1'), { key, body: { name: 'T', device: null } }),
      'truck.created',
      't1',
    ],
    'PUT /v1/companies/{companyId}/contracts/{number}': [
      () => api.call('PUT', at('/contracts/C1'), { key, body: contractOf('512-555-0199') }),
      'contract.changed',
      'C1',
    ],
    'PUT /v1/companies/{companyId}/integrations/{vendor}': [
      () => api.call('PUT', at('/integrations/traccar'), { key, body: { webhookSecret: 'hush-hush' } }),
      'integration.created',
      'traccar',
    ],
    'DELETE /v1/companies/{companyId}/integrations/{vendor}': [
      async () => {
        await api.call('PUT', at('/integrations/traccar'), { key, body: { webhookSecret: 'hush-hush' } })
        return api.call('DELETE', at('/integrations/traccar'), { key })
      },
      'integration.deleted',
      'traccar',
    ],
    'POST /v1/companies/{companyId}/test-message': [
      () => api.call('POST', at('/test-message'), { key, body: { channel: 'sms', address: '512-555-0101' } }),
      'test_message.asked',
      'sms',
    ],
    'POST /v1/companies/{companyId}/integrations/{vendor}/test': [
      async () => {
        await api.call('PUT', at('/integrations/samsara'), { key, body: { apiToken: 'hush-hush' } })
        return api.call('POST', at('/integrations/samsara/test'), { key })
      },
      'integration.tested',
      'samsara',
    ],
    'PUT /v1/companies/{companyId}/routes/{routeId}': [() => route(), 'route.created', 'r1'],
    'POST /v1/companies/{companyId}/routes/{routeId}/confirm': [
      async () => {
        await route()
        return api.call('POST', at('/routes/r1/confirm'), { key })
      },
      'route.confirmed',
      'r1',
    ],
    'POST /v1/companies/{companyId}/routes/{routeId}/unconfirm': [
      async () => {
        await confirmed()
        return api.call('POST', at('/routes/r1/unconfirm'), { key })
      },
      'route.unconfirmed',
      'r1',
    ],
    'POST /v1/companies/{companyId}/routes/{routeId}/cancel': [
      async () => {
        await route()
        return api.call('POST', at('/routes/r1/cancel'), { key })
      },
      'route.cancelled',
      'r1',
    ],
    ...Object.fromEntries(
      ['arrived', 'departed', 'skipped'].map((report) => [
        `POST /v1/companies/{companyId}/routes/{routeId}/stops/{stopId}/${report}`,
        [
          async () => {
            await confirmed()
            return api.call('POST', at(`/routes/r1/stops/s1/${report}`), { key })
          },
          `stop.${report}`,
          'r1/s1',
        ] as const,
      ]),
    ),
    'POST /v1/companies/{companyId}/routes/{routeId}/stops/{stopId}/told-by-phone': [
      async () => {
        await route()
        const body = { contractNumber: 'C1', event: 'confirmed' }
        return api.call('POST', at('/routes/r1/stops/s1/told-by-phone'), { key, body })
      },
      'stop.told_by_phone',
      'r1/s1',
    ],
    'POST /v1/companies/{companyId}/notifications/{id}/resend': [
      async () => {
        const id = await failed()
        return api.call('POST', at(`/notifications/${id}/resend`), { key, body: { reason: 'Ann Smith called' } })
      },
      'notification.resent',
    ],
    'POST /v1/companies/{companyId}/consents': [
      () =>
        api.call('POST', at('/consents'), {
          key,
          body: { address: '512-555-0101', channel: 'sms', action: 'revoked', source: 'Ann Smith called' },
        }),
      'consent.revoked',
    ],
    ...Object.fromEntries(
      (['export', 'erase'] as const).map((what) => [
        `POST /v1/companies/{companyId}/personal-data/${what}`,
        [
          () =>
            api.call('POST', at(`/personal-data/${what}`), { key, body: { channel: 'sms', address: '512-555-0101' } }),
          what === 'export' ? 'personal_data.exported' : 'personal_data.erased',
          'sms',
        ] as const,
      ]),
    ),
    'PUT /v1/companies/{companyId}/task': [
      () =>
        api.call('PUT', at('/task'), {
          key,
          body: { description: 'Dispatch', active: false, intervalMinutes: 10, priority: 3 },
        }),
      'task.changed',
    ],
    'POST /v1/companies/{companyId}/task/run': [() => api.call('POST', at('/task/run'), { key }), 'task.run'],
    'POST /v1/companies/{companyId}/dispatch-center/open': [
      () => api.call('POST', at('/dispatch-center/open'), { key }),
      'dispatch_center.opened',
    ],
    'POST /v1/api-keys': [
      () => api.call('POST', '/v1/api-keys', { key, body: { name: 'Cab 7', role: 'driver' } }),
      'api_key.created',
    ],
    'DELETE /v1/api-keys/{id}': [
      async () => {
        const { body } = await api.call('POST', '/v1/api-keys', { key, body: { name: 'Cab 8', role: 'driver' } })
        return api.call('DELETE', `/v1/api-keys/${body.id}`, { key })
      },
      'api_key.revoked',
    ],
    'POST /v1/companies/{companyId}/routes/{routeId}/driver-link': [
      async () => {
        await route()
        return api.call('POST', at('/routes/r1/driver-link'), { key })
      },
      'driver_link.created',
      'r1',
    ],
    'DELETE /v1/companies/{companyId}/routes/{routeId}/driver-link': [
      async () => {
        await route()
        await api.call('POST', at('/routes/r1/driver-link'), { key })
        return api.call('DELETE', at('/routes/r1/driver-link'), { key })
      },
      'driver_link.revoked',
      'r1',
    ],
    'POST /v1/operators': [async () => operator(), 'operator.created'],
    'PATCH /v1/operators/{id}': [
      async () => api.call('PATCH', `/v1/operators/${(await operator()).body.id}`, { key, body: { role: 'dispatch' } }),
      'operator.changed',
    ],
    'DELETE /v1/operators/{id}': [
      async () => api.call('DELETE', `/v1/operators/${(await operator()).body.id}`, { key }),
      'operator.deleted',
    ],
    'POST /v1/operators/{id}/password-link': [
      async () => api.call('POST', `/v1/operators/${(await operator()).body.id}/password-link`, { key }),
      'operator.password_link_made',
    ],
    'DELETE /v1/operators/{id}/sessions': [
      async () => api.call('DELETE', `/v1/operators/${(await operator()).body.id}/sessions`, { key }),
      'operator.signed_out',
    ],
  }

  test('knows every call that changes something', async () => {
    const { paths } = (await api.call('GET', '/openapi.json', { key: null })).body
    const changing = Object.entries<object>(paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
      .filter((call) => !call.startsWith('GET ') && !exempt.includes(call))
    expect(changing.length).toBeLessThan(endpoints.length)
    expect(Object.keys(calls).sort()).toEqual(changing.sort())
  })

  test.each(Object.keys(calls))('has an entry of %s: by whom, what, and of what', async (name) => {
    const [call, action, subject] = calls[name] ?? []
    expect((await call?.())?.status).toBeLessThan(300)
    const [latest] = await stored()
    expect(latest).toMatchObject({
      by: { keyId, name: 'Front desk' },
      action,
      ...(subject !== undefined && { subject }),
    })
    // Nor does any entry hold a name, an address, a secret or what people have written.
    expect(JSON.stringify(await stored())).not.toMatch(/Ann|Smith|5550101|555-01|Main St|hush|dn_/)
  })

  test('has no entry of what was refused, or has changed nothing', async () => {
    await confirmed()
    const before = (await stored()).length
    await api.call('POST', at('/routes/r1/confirm'), { key })
    await route()
    await api.call('PUT', at('/contracts/C1'), { key, body: contractOf('512-555-0101') })
    await api.call('PUT', at(''), { key, body: { name: 'Acme Rentals' } })
    await route({ serviceDate: '2026-12-03' })
    await api.call('PUT', at('/contracts/C1'), { key, body: {} })
    await api.call('DELETE', at('/integrations/traccar'), { key })
    // What the engine finds by itself is no person's doing.
    await setRouteStatus(api.db, { companyId: company, routeId: 'r1' }, 'in_progress')
    expect((await stored()).length).toBe(before)
  })

  test('says what changed, from what to what, without what is personal or secret', async () => {
    await api.call('PUT', at('/trucks/t1'), { body: { name: 'T', device: null } })
    await route({ driver: { name: 'Bob Driver' }, stops: [stopOf('s1'), stopOf('s2')] })
    await route({
      truckId: 't1',
      driver: { name: 'Carl Driver' },
      stops: [stopOf('s2', { scheduledAt: '2026-12-02T14:00:00-06:00', address: '2 Main St, Austin' }), stopOf('s3')],
    })
    expect((await stored())[0]).toMatchObject({
      action: 'route.changed',
      changes: [
        { path: 'truckId', to: 't1' },
        { path: 'driver.name' },
        { path: 'stops', from: ['s1', 's2'], to: ['s2', 's3'] },
        { path: 'stops.s2.scheduledAt', from: '2026-12-02T19:00:00.000Z', to: '2026-12-02T20:00:00.000Z' },
        { path: 'stops.s2.address' },
      ],
    })
    await api.call('POST', at('/routes/r1/confirm'), { key })
    expect((await stored())[0]?.changes).toEqual([{ path: 'status', from: 'planned', to: 'confirmed' }])

    await api.call('PUT', at('/integrations/samsara'), {
      key,
      body: { apiToken: 'hush', apiUrl: 'https://api.example.com/hush' },
    })
    expect((await stored())[0]?.changes).toEqual([
      { path: 'apiToken' },
      { path: 'apiUrl', to: 'https://api.example.com' },
      { path: 'apiUrl.path' },
    ])
    expect(JSON.stringify(await stored())).not.toMatch(/Driver|Main St|hush/)
  })

  test('cannot be changed or shortened', async () => {
    for (const statement of [
      'UPDATE audit_entries SET key_name = 1',
      'DELETE FROM audit_entries',
      'TRUNCATE audit_entries',
    ])
      await expect(api.db.raw(statement)).rejects.toThrow('append-only')
  })

  test('is read page by page, between two moments, by those who may', async () => {
    for (const name of ['a', 'b', 'c']) await api.call('PUT', at(''), { key, body: { name } })
    const list = async (query: string) => (await api.call('GET', at(`/audit${query}`), { key })).body
    const first = await list('?limit=2')
    expect(first.items.map(({ changes }: Entry) => changes[0]?.to)).toEqual(['c', 'b'])
    const second = await list(`?limit=1&cursor=${first.nextCursor}`)
    expect(second.items[0].changes[0].to).toBe('a')
    const last = encodeURIComponent(first.items[0].at)
    expect((await list(`?to=${last}&limit=1`)).items[0].id).toBeLessThan(first.items[0].id)
    expect((await list(`?from=${last}`)).items[0].id).toBe(first.items[0].id)
    expect((await list('?from=2027-01-01T00:00:00Z')).items).toEqual([])
    const viewer = await api.keyOf('viewer', company)
    expect((await api.call('GET', at('/audit'), { key: viewer })).status).toBe(403)
    expect((await api.call('GET', '/v1/audit', { key })).status).toBe(403)
    const other = await api.keyOf('admin', await api.company())
    const seen = (await api.call('GET', '/v1/audit?limit=200', { key: other })).body.items
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.filter(({ companyId }: { companyId: string }) => companyId === company)).toEqual([])
  })
})
