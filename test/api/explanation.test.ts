import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

interface Entry {
  at: string
  kind: string
  text: string
  data: Record<string, unknown>
}

describe('the explanation of a stop', () => {
  const api = useApi()
  let company: string
  const path = (more = '') => `/v1/companies/${company}/routes/r1${more}`
  const explain = (key?: string, stopId = 's1') =>
    api.call('GET', path(`/stops/${stopId}/explanation`), key === undefined ? {} : { key })
  const plan = () => planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
  const settings = (more: object = {}) =>
    api.call('PUT', `/v1/companies/${company}/settings`, {
      body: {
        timeZone: 'America/Chicago',
        customerNotifications: true,
        smsEnabled: true,
        events: { confirmed: { enabled: true }, arrived: { enabled: true }, departed: { enabled: true } },
        ...more,
      },
    })

  beforeEach(async () => {
    // Later than the database's clock, which dates the creation of the route; a Tuesday, 10:00 in Chicago.
    api.state.now = Date.parse('2030-12-03T16:00:00Z')
    company = await api.company()
    await settings()
    const stop = stopOf('s1', { scheduledAt: '2030-12-04T13:00:00-06:00' })
    await api.call('PUT', path(), { body: routeOf({ serviceDate: '2030-12-04', stops: [stop] }) })
  })

  test('names the rule and its numbers, whoever confirmed, and who is not told', async () => {
    await api.call('POST', path('/confirm'), { key: await api.keyOf('dispatch', company) })
    await plan()
    const { status, body } = await explain()
    expect(status).toBe(200)
    expect(body.stopId).toBe('s1')
    const entries: Entry[] = body.entries
    expect(entries.map(({ kind }) => kind)).toEqual(['route', 'route', 'not_told', 'decision', 'timer'])
    expect(entries[1]?.text).toBe('The route was confirmed by dispatch key.')
    expect(entries[2]?.text).toContain('Contract C1, departed')
    expect(entries[3]).toMatchObject({
      at: '2030-12-03T16:00:00.000Z',
      text: 'Confirmation by text to +15125550101 planned for Tue, Dec 3, 4:00 PM (rule "at cutoff": confirmed Tue 10:00 AM, cutoff Tue 4:00 PM)',
      data: { rule: 'at_cutoff', event: 'confirmed', channel: 'sms', settingsVersion: 2 },
    })
    expect(entries[4]?.at).toBe('2030-12-03T22:00:00.000Z')
  })

  test('keeps every decision: a cutoff that moved, and a confirmation that was taken back', async () => {
    await api.call('POST', path('/confirm'))
    await plan()
    api.state.now += 60_000
    await settings({ confirmation: { sendAfter: '15:00' } })
    await plan()
    api.state.now += 60_000
    await api.call('POST', path('/unconfirm'))
    await plan()
    const entries: Entry[] = (await explain()).body.entries
    const decided = entries.filter(({ kind }) => kind === 'decision' || kind === 'suppressed')
    expect(decided.map(({ text }) => text.replace(/ \(rule.*/, ''))).toEqual([
      'Confirmation by text to +15125550101 planned for Tue, Dec 3, 4:00 PM',
      'Confirmation by text to +15125550101 now planned for Tue, Dec 3, 3:00 PM since version 3 of the settings',
      'Confirmation by text to +15125550101 is not sent: not_confirmed. The route was un-confirmed before it was sent.',
    ])
    expect(entries.some(({ text }) => text.startsWith('The route was un-confirmed by'))).toBe(true)
  })

  test('tells of reports, and in order of time', async () => {
    await api.call('POST', path('/confirm'))
    await plan()
    api.state.now = Date.parse('2030-12-04T18:20:00Z')
    await api.call('POST', path('/stops/s1/arrived'), { key: await api.keyOf('driver', company) })
    await plan()
    const entries: Entry[] = (await explain()).body.entries
    expect(entries.find(({ kind }) => kind === 'report')?.text).toBe(
      'The driver (driver key) reported that the truck arrived, Wed, Dec 4, 12:20 PM. The stop has arrived.',
    )
    expect(entries.some(({ text }) => text.includes('in progress'))).toBe(true)
    expect(entries.find(({ kind }) => kind === 'suppressed')?.text).toContain('superseded')
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).sort())
  })

  test('masks recipients for a viewer, and is not for drivers', async () => {
    await api.call('POST', path('/confirm'))
    await plan()
    const { status, body } = await explain(await api.keyOf('viewer', company))
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toContain('+15125550101')
    expect(JSON.stringify(body)).toContain('+1******0101')
    expect((await explain(await api.keyOf('driver', company))).status).toBe(403)
  })

  test('is not there for a stop or a route that is not', async () => {
    expect((await explain(undefined, 'nowhere')).status).toBe(404)
    const { status } = await api.call('GET', `/v1/companies/${company}/routes/r9/stops/s1/explanation`)
    expect(status).toBe(404)
  })
})
