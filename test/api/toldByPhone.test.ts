import { routeOf, stopOf, useApi } from './useApi'

describe('what a person tells a customer by phone', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}/routes/r1/stops${path}`

  beforeEach(async () => {
    company = await api.company()
    await api.call('PUT', `/v1/companies/${company}/routes/r1`, { body: routeOf({ stops: [stopOf('s1')] }) })
  })

  test('is part of the stop’s explanation, with who and when, and sends nothing', async () => {
    const told = { contractNumber: 'C1', event: 'confirmed' }
    const key = await api.keyOf('dispatch', company)
    const { status, body } = await api.call('POST', at('/s1/told-by-phone'), { key, body: told })
    expect([status, body]).toEqual([201, { ...told, toldBy: 'dispatch key', toldAt: '2026-12-01T18:00:00.000Z' }])
    const { body: explanation } = await api.call('GET', at('/s1/explanation'))
    expect(explanation.entries).toContainEqual({
      at: '2026-12-01T18:00:00.000Z',
      kind: 'told_by_phone',
      text: 'Contract C1, confirmed: told by phone by dispatch key.',
      data: { by: 'dispatch key', ...told },
    })
    expect(api.state.forwarded).toEqual([])
  })

  test('is of a contract of that stop', async () => {
    const body = { contractNumber: 'C2', event: 'confirmed' }
    const refused = await api.call('POST', at('/s1/told-by-phone'), { body })
    expect(refused.status).toBe(422)
    expect(refused.body.problems).toEqual([
      { path: 'contractNumber', message: 'must be a contract of the stop: C1; is "C2"' },
    ])
    expect((await api.call('POST', at('/s2/told-by-phone'), { body })).status).toBe(404)
  })

  test('is recorded by whoever may change something, and by nobody else', async () => {
    const body = { contractNumber: 'C1', event: 'arrived' }
    for (const role of ['viewer', 'driver'])
      expect(
        (await api.call('POST', at('/s1/told-by-phone'), { key: await api.keyOf(role, company), body })).status,
      ).toBe(403)
  })
})
