import { routeOf, useApi } from './useApi'

describe('every request', () => {
  const api = useApi()
  let company: string
  beforeAll(async () => {
    company = await api.company()
  })
  const at = (path = '') => `/v1/companies/${company}${path}`

  test('gets the id that it brought, or one of its own', async () => {
    expect(
      (await api.call('GET', at(), { headers: { 'X-Request-Id': 'from-outside.1' } })).headers.get('x-request-id'),
    ).toBe('from-outside.1')
    for (const bad of ['has spaces in it', 'x'.repeat(200)])
      expect(
        (await api.call('GET', '/nowhere', { headers: { 'X-Request-Id': bad } })).headers.get('x-request-id'),
      ).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('that fails is answered as problem+json', async () => {
    const { headers, body } = await api.call('GET', '/v1/companies/nowhere')
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(body).toEqual({
      type: 'urn:dispatch-notifications:problem:not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: 'There is no company "nowhere". Create it with PUT /v1/companies/nowhere.',
    })
  })

  test.each([
    ['malformed JSON', { raw: '{"name":' }, 400, 'malformed_json'],
    ['another media type', { raw: 'name=x', headers: { 'Content-Type': 'text/plain' } }, 415, 'unsupported_media_type'],
    [
      'another encoding',
      { raw: '{}', headers: { 'Content-Type': 'application/json; charset=koi8-r' } },
      415,
      'unsupported_media_type',
    ],
    ['more than 1 MiB', { raw: JSON.stringify({ name: 'x'.repeat(1_048_576) }) }, 413, 'payload_too_large'],
    ['a list', { raw: '[]' }, 422, 'invalid_request'],
    ['null', { raw: 'null' }, 422, 'invalid_request'],
    ['a NUL character', { body: { name: 'a\u0000b' } }, 422, 'invalid_request'],
    ['half a character', { raw: '{"name":"\\ud800"}' }, 422, 'invalid_request'],
    ['lists without end', { raw: `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}` }, 422, 'invalid_request'],
    ['a prototype', { raw: '{"name":"x","__proto__":{"country":"DE"}}' }, 422, 'invalid_request'],
  ])('with a body of %s is refused', async (_what, options, status, code) => {
    const reply = await api.call('PUT', at(), options)
    expect([reply.status, reply.body.code]).toEqual([status, code])
  })

  test('with an unknown field, parameter or id is refused with the place and what is allowed', async () => {
    const body = await api.call('PUT', at(), { body: { name: 'x', nam: 'y' } })
    expect(body.body.problems).toEqual([
      {
        path: 'nam',
        message: 'is not a known field; allowed are name, phone, website, country. Remove it or correct its name',
      },
    ])
    const query = await api.call('GET', at('/routes?stauts=planned&limit=0'))
    expect(query.body.problems.map(({ path }: { path: string }) => path)).toEqual(['query.limit', 'query.stauts'])
    expect((await api.call('GET', at('?x=1'))).status).toBe(422)
    expect((await api.call('GET', at('/routes?limit=1&limit=2'))).status).toBe(422)
    expect((await api.call('GET', at('/routes?limit=201'))).status).toBe(422)
    const path = await api.call('PUT', at('/routes/a%20b'), { body: routeOf() })
    expect(path.body.problems[0].path).toBe('path.routeId')
    expect((await api.call('GET', at('/routes/%zz'))).body.code).toBe('bad_request')
  })

  test('for nothing is 404, by the wrong method 405 with those that are right', async () => {
    expect((await api.call('GET', '/v2')).body.code).toBe('not_found')
    const { status, body, headers } = await api.call('PATCH', at())
    expect([status, body.code, headers.get('allow')]).toEqual([405, 'method_not_allowed', 'PUT, GET, HEAD'])
  })

  test('without parameters needs no body, and takes an empty one', async () => {
    await api.call('PUT', at('/routes/r1'), { body: routeOf() })
    expect((await api.call('POST', at('/routes/r1/confirm'))).status).toBe(202)
    expect((await api.call('POST', at('/routes/r1/confirm'), { body: {} })).status).toBe(200)
    expect((await api.call('POST', at('/routes/r1/confirm'), { body: { force: true } })).status).toBe(422)
  })

  test('is logged without key, body, query or recipient', async () => {
    api.state.logged.length = 0
    const key = await api.keyOf('dispatch', company)
    const body = { address: '512-555-0199', channel: 'sms', action: 'revoked', source: 'phone', note: 'Mrs Secret' }
    await api.call('POST', at('/consents'), { key, body })
    await api.call('GET', at('/consents?address=%2B15125550199'), { key })
    const log = api.state.logged.join('')
    expect(log).toContain(`"path":"/v1/companies/${company}/consents"`)
    for (const secret of [key, '5550199', '555-0199', 'Secret', 'Bearer']) expect(log).not.toContain(secret)
  })

  test('finds the API’s description without a key', async () => {
    expect((await api.call('GET', '/openapi.json', { key: null })).body.openapi).toBe('3.1.0')
    expect((await api.call('GET', '/docs/', { key: null })).body).toContain('swagger')
    expect((await api.call('GET', '/healthz', { key: null })).body).toEqual({ status: 'ok' })
  })
})
