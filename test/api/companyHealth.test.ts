import { rows } from '../../db/sql'
import { routeOf, useApi } from './useApi'

describe('the health of a company', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  const health = async () => (await api.call('GET', at('/health'))).body
  beforeEach(async () => {
    company = await api.company()
    api.state.now = Date.parse('2026-12-02T18:00:00Z')
    await rows(api.db, 'DELETE FROM outbox')
  })

  test('says of each part how it is, and of what is not well what to do', async () => {
    const body = await health()
    expect(body.ok).toBe(false)
    expect(body.parts.unsent).toEqual({ ok: true, text: 'No message is overdue.' })
    expect(body.parts.outbox).toEqual({ ok: true, text: 'Nothing waits for Temporal.' })
    // No worker runs in this test, and there is no mail server.
    expect(body.parts.workers).toMatchObject({ ok: false, text: expect.stringContaining('start one') })
    expect(body.parts.queue).toMatchObject({ ok: true, text: '0 tasks wait.' })
    expect(body.parts.task).toMatchObject({ ok: false, text: expect.any(String) })
    expect(body.channels).toEqual([
      { channel: 'sms', ok: true, text: 'Nothing was sent within the last hour.' },
      { channel: 'email', ok: false, text: expect.stringContaining('not configured') },
    ])
    expect(body.devices).toEqual([])
  })

  test('tells of a message that is overdue, a request that waits, a provider that refuses and a device that is silent', async () => {
    await api.call('PUT', at('/trucks/t1'), { body: { name: 'T', device: { vendor: 'samsara', deviceId: company } } })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ truckId: 't1' }) })
    await api.call('POST', at('/routes/r1/confirm'))
    await rows(api.db, `UPDATE outbox SET created_at = now() - interval '5 minutes'`)
    await rows(
      api.db,
      `WITH n AS (
         INSERT INTO notifications (company_id, route_id, stop_id, event, channel, address, revision, contract_numbers,
           confirmation, status, planned_at, settings_version)
         SELECT :company, 'r1', 's1', 'confirmed', 'sms', '+1512555' || i, 1, '{C1}', 1, 'planned', :due, 1
         FROM generate_series(1, 6) i RETURNING id, address)
       INSERT INTO attempts (notification_id, number, at, outcome)
       SELECT id, 1, :due, CASE WHEN address = '+15125551' THEN 'accepted' ELSE 'permanent' END FROM n`,
      { company, due: new Date(api.state.now - 10 * 60_000) },
    )
    const body = await health()
    expect(body.parts.unsent).toEqual({
      ok: false,
      text: 'A message has been due for 10 minutes; see whether a worker runs, then run the task.',
      at: '2026-12-02T17:50:00.000Z',
    })
    expect(body.parts.outbox).toMatchObject({
      ok: false,
      text: expect.stringContaining('waited for Temporal for 5 minutes'),
    })
    expect(body.channels[0]).toMatchObject({
      ok: false,
      text: expect.stringContaining('5 of 6 calls of the last hour were not accepted;'),
      at: '2026-12-02T17:50:00.000Z',
    })
    expect(body.devices).toEqual([{ truckId: 't1', ok: false, text: expect.stringContaining('never been heard of') }])
    await rows(api.db, `UPDATE trucks SET device_last_event_at = :at WHERE company_id = :company`, {
      company,
      at: new Date(api.state.now - 5 * 60_000),
    })
    expect((await health()).devices).toMatchObject([{ ok: true, text: 'The device was heard of 5 minutes ago.' }])
  })
})
