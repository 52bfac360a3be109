import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

describe('sending a notification again', () => {
  const api = useApi()
  let company: string
  let id: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  const resend = (of: string, more: object = {}) =>
    api.call('POST', at(`/notifications/${of}/resend`), { body: { reason: 'She has not got it' }, ...more })
  const end = (ended: object) => api.db('notifications').where({ id }).update(ended)
  const plan = () => planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
  const read = async (of: string) => {
    const { body } = await api.call('GET', at('/notifications?routeId=r1'))
    return body.items.find((item: { id: string }) => item.id === of)
  }

  beforeEach(async () => {
    api.state.now = Date.parse('2026-12-01T18:00:00Z')
    company = await api.company()
    await api.call('PUT', at('/settings'), {
      body: {
        timeZone: 'America/Chicago',
        customerNotifications: true,
        smsEnabled: true,
        events: { confirmed: { enabled: true } },
      },
    })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ stops: [stopOf('s1')] }) })
    await api.call('POST', at('/routes/r1/confirm'))
    await plan()
    id = (await api.call('GET', at('/notifications?routeId=r1'))).body.items[0].id
    // The cutoff has passed.
    api.state.now = Date.parse('2026-12-01T22:10:00Z')
    api.state.forwarded.length = 0
  })

  test.each(['failed', 'undelivered', 'unknown'])(
    'is possible from %s: a new revision, planned at once',
    async (status) => {
      await end({ status, reason: status === 'unknown' ? null : 'unreachable' })
      const reply = await resend(id, { key: await api.keyOf('dispatch', company) })
      expect(reply.status).toBe(202)
      expect(reply.body).toMatchObject({ status: 'planned', plannedAt: '2026-12-01T22:10:00.000Z', attempts: [] })
      expect(reply.body.id).not.toBe(id)
      expect(api.state.forwarded.map(({ message }) => message.kind)).toEqual(['resendAsked'])

      // The engine sees it, lets it stand, and plans no third.
      await plan()
      const { body } = await api.call('GET', at('/notifications?routeId=r1'))
      expect(body.items).toHaveLength(2)
      expect(await read(reply.body.id)).toMatchObject({ status: 'planned', plannedAt: '2026-12-01T22:10:00.000Z' })
      expect((await read(id)).status).toBe(status)

      const explained = await api.call('GET', at('/routes/r1/stops/s1/explanation'))
      const texts: string[] = explained.body.entries.map(({ text }: { text: string }) => text)
      expect(texts.some((text) => text.includes('dispatch key asked to send it again: “She has not got it”.'))).toBe(
        true,
      )
      expect(texts.some((text) => text.includes('rule "resend": a person asked for it Tue 4:10 PM'))).toBe(true)
    },
  )

  test('is refused once it has been erased: nobody knows any more to whom it went', async () => {
    await end({ status: 'failed', reason: 'unreachable', erased_at: new Date(), address: 'erased:x' })
    const { status, body } = await resend(id)
    expect([status, body.code, body.detail]).toEqual([409, 'not_resendable', 'Its address and text have been erased.'])
    expect(await read(id)).toMatchObject({ recipient: 'erased', erasedAt: expect.any(String) })
    expect((await read(id)).text).toBeUndefined()
  })

  test.each(['planned', 'sending', 'delivered', 'suppressed'])('is refused from %s', async (status) => {
    await end({ status, reason: status === 'suppressed' ? 'stale' : null })
    const { status: code, body } = await resend(id)
    expect([code, body.code]).toEqual([409, 'not_resendable'])
    expect(body.detail).toContain(`It is ${status}`)
    expect(api.state.forwarded).toEqual([])
  })

  test('is possible once: of two requests the second is told of the first', async () => {
    await end({ status: 'failed', reason: 'unreachable' })
    const replies = await Promise.all([resend(id), resend(id)])
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409])
    const made = replies.find(({ status }) => status === 202)?.body.id
    expect(replies.find(({ status }) => status === 409)?.body.detail).toContain(made)
  })

  test('goes through the checks of every message', async () => {
    await end({ status: 'failed', reason: 'unreachable' })
    const { body } = await resend(id)
    await api.call('POST', at('/consents'), {
      body: { address: '512-555-0101', channel: 'sms', action: 'revoked', source: 'phone' },
    })
    await plan()
    expect(await read(body.id)).toMatchObject({ status: 'suppressed', reason: 'opted_out' })
  })

  test('is not needed any more when the first turns out to have arrived', async () => {
    await end({ status: 'unknown' })
    const { body } = await resend(id)
    await end({ status: 'delivered' })
    await plan()
    expect(await read(body.id)).toMatchObject({ status: 'suppressed', reason: 'superseded' })
  })

  test('is too late after the window', async () => {
    await end({ status: 'failed', reason: 'unreachable' })
    api.state.now = Date.parse('2026-12-02T19:00:00Z')
    const { body } = await resend(id)
    await plan()
    expect(await read(body.id)).toMatchObject({ status: 'suppressed', reason: 'stale' })
  })

  test('needs a reason, and somebody who may', async () => {
    await end({ status: 'failed', reason: 'unreachable' })
    expect((await resend(id, { body: {} })).body.problems[0].path).toBe('reason')
    expect((await resend(id, { key: await api.keyOf('viewer', company) })).status).toBe(403)
    for (const nobody of ['no-uuid', '00000000-0000-4000-8000-000000000000'])
      expect((await resend(nobody)).status).toBe(404)
    const other = await api.company()
    const foreign = await api.call('POST', `/v1/companies/${other}/notifications/${id}/resend`, {
      body: { reason: 'x' },
    })
    expect(foreign.status).toBe(404)
  })
})
