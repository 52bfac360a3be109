import { planAsEngine } from './plan'
import { routeOf, stopOf, useApi } from './useApi'

describe('one notification', () => {
  const api = useApi()
  let company: string
  let id: string
  const read = (of: string, more: object = {}) => api.call('GET', `/v1/companies/${company}/notifications/${of}`, more)

  beforeEach(async () => {
    company = await api.company()
    const at = (path: string) => `/v1/companies/${company}${path}`
    await api.call('PUT', at('/settings'), {
      body: { customerNotifications: true, smsEnabled: true, events: { confirmed: { enabled: true } } },
    })
    await api.call('PUT', at('/routes/r1'), { body: routeOf({ stops: [stopOf('s1')] }) })
    await api.call('POST', at('/routes/r1/confirm'))
    await planAsEngine(api.db, { companyId: company, routeId: 'r1' }, api.state.now)
    id = (await api.call('GET', at('/notifications'))).body.items[0].id
  })

  test('is read by its id, as the list has it', async () => {
    const { body } = await api.call('GET', `/v1/companies/${company}/notifications`)
    expect(await read(id)).toMatchObject({ status: 200, body: body.items[0] })
  })

  test('tells the segments of its text, to those also who may not read it', async () => {
    const text = `${'7 bis 8 Uhr '.repeat(6)}für Sie ✓`
    await api.db('notifications').where({ id }).update({ status: 'delivered', text })
    expect((await read(id)).body).toMatchObject({ text, segments: 2, encoding: 'UCS-2' })
    const { body } = await read(id, { key: await api.keyOf('viewer', company) })
    expect(body).toMatchObject({ text: '***', segments: 2, encoding: 'UCS-2' })
    expect(body.recipient).toContain('*')
  })

  test('names what was planned in its place', async () => {
    await api.db('notifications').where({ id }).update({ status: 'failed', reason: 'unreachable' })
    const { body } = await api.call('POST', `/v1/companies/${company}/notifications/${id}/resend`, {
      body: { reason: 'She has a new phone' },
    })
    expect((await read(id)).body.successorId).toBe(body.id)
    expect((await read(body.id)).body.successorId).toBeUndefined()
  })

  test.each(['00000000-0000-4000-8000-000000000000', 'no-id'])('is not found by %s', async (unknown) => {
    expect(await read(unknown)).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  test('is not found by another company', async () => {
    const other = await api.company()
    const reply = await api.call('GET', `/v1/companies/${other}/notifications/${id}`)
    expect(reply.status).toBe(404)
  })
})
