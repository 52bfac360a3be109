import type { DeviceVendor } from '../../domain/words'
import { type CallOptions, type Reply, routeOf, stopOf, useApi } from './useApi'

/** How a vendor sends a body: with its signature, whatever that is, made with `secret` at the API's moment `at`. */
export type Sign = (raw: string, secret: string, at: number) => Record<string, string>

export interface SendOptions {
  by?: string
  /** When it was signed, by the API's clock; now, if not given. */
  at?: number
  /** What becomes of the body on its way. */
  change?: (raw: string) => string
  to?: string
}

/**
 * The API with a company whose truck t1 has the vendor's device, and is on the confirmed route r1 of 2 December: stop s1 at
 * the geofence "yard", s2 at "site". A new company for each test.
 */
export function useWebhook(vendor: DeviceVendor, secret: string, deviceId: string, sign: Sign) {
  const api = useApi()
  const state = { company: '' }
  const path = (rest: string) => `/v1/companies/${state.company}${rest}`

  const scene = {
    api,
    state,
    path,
    link: (device: object | null, truckId = 't1') =>
      api.call('PUT', path(`/trucks/${truckId}`), { body: { name: 'T', device } }),

    async confirmedRoute(routeId: string, more: object): Promise<void> {
      await api.call('PUT', path(`/routes/${routeId}`), { body: routeOf({ truckId: 't1', ...more }) })
      await api.call('POST', path(`/routes/${routeId}/confirm`))
      await api.db('outbox').where({ company_id: state.company }).delete()
      api.state.forwarded.length = 0
    },

    /** As the vendor sends it, unless the options say otherwise. */
    send(body: unknown, { by = secret, at = api.state.now, change = (raw) => raw, to }: SendOptions = {}) {
      const raw = typeof body === 'string' ? body : JSON.stringify(body)
      return scene.post({ raw: change(raw), headers: sign(raw, by, at) }, to)
    },
    post: (options: CallOptions, to = state.company): Promise<Reply> =>
      api.call('POST', `/v1/webhooks/${vendor}/${to}`, { key: null, ...options }),

    /** What was recorded, in the order in which it came. */
    async visits(): Promise<Record<string, unknown>[]> {
      const columns = ['source', 'kind', 'outcome', 'device_id', 'geofence_id', 'route_id', 'stop_id']
      return api.db('visit_events').where({ company_id: state.company }).orderBy('id').select(columns)
    },
    async outcomes(): Promise<unknown[]> {
      return (await scene.visits()).map(({ kind, outcome, route_id, stop_id }) => [kind, outcome, route_id, stop_id])
    },
    /** What waits for Temporal; what the request itself hands over after its commit is the same. */
    async outbox(): Promise<unknown[]> {
      const stored = await api.db('outbox').where({ company_id: state.company }).orderBy('id')
      const nudges = stored.map(({ route_id, message }) => [route_id, message.kind, message.stopId, message.source])
      expect(api.state.forwarded.map(({ id }) => id)).toEqual(stored.map(({ id }) => id))
      return nudges
    },
  }

  beforeEach(async () => {
    state.company = await api.company()
    api.state.now = Date.parse('2026-12-02T19:00:05Z')
    await api.call('PUT', path(`/integrations/${vendor}`), { body: { webhookSecret: secret } })
    await scene.link({ vendor, deviceId })
    const stops = [stopOf('s1', { geofence: { id: 'yard' } }), stopOf('s2', { geofence: { id: 'site' } })]
    await scene.confirmedRoute('r1', { stops })
  })
  return scene
}

/** The same for every vendor: what is not its own is refused, and nothing that is makes it send again for ever. */
export function refusesStrangers(
  { api, state, send, post, visits, outbox }: ReturnType<typeof useWebhook>,
  body: unknown,
): void {
  const nothingHappened = async () => expect([await visits(), await outbox()]).toEqual([[], []])

  test('unsigned, or with a key of ours instead, is refused', async () => {
    const key = await api.keyOf('admin')
    for (const options of [{ body }, { body, key }, { raw: '' }]) {
      const reply = await post(options)
      expect([reply.status, reply.body.code]).toEqual([401, 'invalid_signature'])
    }
    await nothingHappened()
  })

  test('for another company, one that is not there, or one without the integration is refused', async () => {
    const other = await api.company()
    for (const to of [other, 'nobody', 'a%20b', '..%2f..']) expect((await send(body, { to })).status).toBe(401)
    await nothingHappened()
  })

  test('over 1 MiB is refused unread', async () => {
    const reply = await send({ padding: 'x'.repeat(1_048_576) })
    expect([reply.status, reply.body.code]).toEqual([413, 'payload_too_large'])
  })

  test.each([
    'not json',
    '',
    '[]',
    'null',
    '{"eventId":"e1"',
    '['.repeat(100_000),
    '{"__proto__":{"eventType":"GeofenceEntry"}}',
  ])('authentic but not understood (%#) is accepted and logged, and no device is seen', async (raw) => {
    api.state.logged.length = 0
    const reply = await send(raw)
    expect([reply.status, reply.body]).toEqual([202, { outcome: 'not_understood' }])
    expect(api.state.logged.join('')).toContain('was not understood')
    expect(api.state.logged.join('')).toContain(state.company)
    await nothingHappened()
  })

  test('with a broken encoding of the body is refused', async () => {
    for (const encoding of ['gzip', 'x-nonsense']) {
      const { status } = await post({ raw: 'not gzip', headers: { 'Content-Encoding': encoding } })
      expect([400, 415]).toContain(status)
    }
  })
}
