import { createHash } from 'node:crypto'
import { testConfig, useApi } from './useApi'
import { cookieOf, ofConsole, password, useOperators } from './useOperators'

const hour = 3_600_000

describe('a session', () => {
  const api = useApi()
  const { signIn, add, callAs } = useOperators(api)
  const start = api.state.now
  afterEach(() => {
    api.state.now = start
  })

  test('begins with email and password, in whatever case the email is typed', async () => {
    const { email } = await add({ email: 'Ann@Example.com' })
    const reply = await signIn('ANN@example.COM')
    expect([reply.status, reply.body]).toEqual([
      200,
      { operator: { email: 'ann@example.com', name: 'Ann Operator', role: 'admin', companyId: null } },
    ])
    expect(email).toBe('Ann@Example.com')
    const shown = await callAs(cookieOf(reply), 'GET', '/v1/session')
    expect([shown.status, shown.body]).toEqual([200, reply.body])
  })

  test('is carried by a cookie that no script reads, no other site sends and no other host sets', async () => {
    const { email } = await add()
    const set = (await signIn(email)).headers.get('set-cookie')
    expect(set).toMatch(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800; Secure$/)
  })

  test('is stored as a hash alone, and the password as argon2id', async () => {
    const { id, cookie } = await add()
    const token = cookie.split('=')[1] ?? ''
    const [stored] = await api.db('operator_sessions').where({ operator_id: id })
    expect(stored.token_hash).toEqual(createHash('sha256').update(token).digest())
    const [operator] = await api.db('operators').where({ id })
    expect(operator.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('does not begin with a wrong password, an unknown email or no password set, and nobody can tell these apart', async () => {
    const { email } = await add()
    await api.call('POST', '/v1/operators', {
      body: { email: 'fresh@example.com', name: 'Fresh', role: 'admin', companyId: null },
    })
    const replies = [
      await signIn(email, 'not the password'),
      await signIn('nobody@example.com'),
      await signIn('fresh@example.com'),
    ]
    for (const { status, body, headers } of replies) {
      expect([status, body]).toEqual([401, replies[0]?.body])
      expect(body.code).toBe('sign_in_failed')
      expect(headers.get('set-cookie')).toBeNull()
    }
  })

  test('is over when it is signed out of, and another of the same operator is not', async () => {
    const { email, cookie } = await add()
    const second = cookieOf(await signIn(email))
    const out = await callAs(cookie, 'DELETE', '/v1/session')
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')])
    expect((await callAs(cookie, 'GET', '/v1/session')).status).toBe(401)
    expect((await callAs(second, 'GET', '/v1/session')).status).toBe(200)
  })

  test('is over everywhere when the operator signs out everywhere', async () => {
    const { email, cookie } = await add()
    const second = cookieOf(await signIn(email))
    expect((await callAs(second, 'DELETE', '/v1/sessions')).status).toBe(204)
    for (const each of [cookie, second]) expect((await callAs(each, 'GET', '/v1/session')).status).toBe(401)
  })

  test('is over after 12 hours without use, and lives on with it, but for 7 days at most', async () => {
    const { cookie, email } = await add()
    api.state.now = start + 11.9 * hour
    expect((await callAs(cookie, 'GET', '/v1/session')).status).toBe(200)
    const used = async () => (await api.db('operator_sessions').where('used_at', '>', new Date(start))).length
    for (const end = Date.now() + 10_000; (await used()) === 0; )
      if (Date.now() > end) throw new Error('The use of the session was not noted.')
    api.state.now = start + 23.8 * hour
    expect((await callAs(cookie, 'GET', '/v1/session')).status).toBe(200)
    api.state.now = start + 23.8 * hour + 12.1 * hour
    expect((await callAs(cookie, 'GET', '/v1/session')).status).toBe(401)

    api.state.now = start
    const second = cookieOf(await signIn(email))
    await api.db('operator_sessions').update({ used_at: new Date(start + 7 * 24 * hour - hour) })
    api.state.now = start + 7 * 24 * hour - hour
    expect((await callAs(second, 'GET', '/v1/session')).status).toBe(200)
    api.state.now = start + 7 * 24 * hour
    expect((await callAs(second, 'GET', '/v1/session')).status).toBe(401)
  })

  test('changes nothing for another site’s page: neither with a form nor with a script', async () => {
    const company = await api.company()
    const { cookie } = await add()
    const change = (headers: Record<string, string>) =>
      api.call('PUT', `/v1/companies/${company}`, {
        key: null,
        body: { name: 'Changed' },
        headers: { Cookie: cookie, ...headers },
      })
    const { 'X-Requested-With': requestedWith } = ofConsole
    for (const headers of [
      {},
      { 'Sec-Fetch-Site': 'same-origin' },
      { 'X-Requested-With': 'another' },
      { 'X-Requested-With': requestedWith, 'Sec-Fetch-Site': 'cross-site' },
      { 'X-Requested-With': requestedWith, 'Sec-Fetch-Site': 'same-site' },
      { 'X-Requested-With': requestedWith, Origin: 'https://evil.example.com' },
    ] as Record<string, string>[]) {
      const { status, body } = await change(headers)
      expect({ headers, status, code: body.code }).toEqual({ headers, status: 403, code: 'cross_site_request' })
    }
    expect((await change(ofConsole)).status).toBe(200)
    expect((await change({ 'X-Requested-With': requestedWith, Origin: 'https://dispatch.example.com' })).status).toBe(
      200,
    )
  })

  test('does not begin for another site’s page either', async () => {
    const { email } = await add()
    const reply = await signIn(email, password, { 'Sec-Fetch-Site': 'cross-site' })
    expect([reply.status, reply.body.code]).toEqual([403, 'cross_site_request'])
  })

  test('speaks for its operator in what they change', async () => {
    const company = await api.company()
    const { id, cookie } = await add({ role: 'dispatch', companyId: company })
    await callAs(cookie, 'PUT', `/v1/companies/${company}`, { body: { name: 'Changed' } })
    const { items } = (await api.call('GET', `/v1/companies/${company}/audit`)).body
    expect(items[0]).toMatchObject({ action: 'company.changed', by: { keyId: `operator:${id}`, name: 'Ann Operator' } })
    expect(items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['operator.created', 'operator.password_set', 'operator.signed_in']),
    )
  })

  test('is nothing that a key has', async () => {
    for (const [method, path] of [
      ['GET', '/v1/session'],
      ['DELETE', '/v1/session'],
      ['DELETE', '/v1/sessions'],
    ] as const)
      expect((await api.call(method, path)).status).toBe(401)
  })
})

describe('the link to set a password', () => {
  const api = useApi()
  const { signIn, add, callAs } = useOperators(api)

  test('works once, for three days, and ends the sessions before it', async () => {
    const { id, email, token, cookie } = await add()
    const set = (by: string, given: string) =>
      api.call('POST', '/v1/session/password', { key: null, body: { token: by, password: given }, headers: ofConsole })
    expect((await set(token, 'another password')).status).toBe(401)
    const link = async () => {
      const { body } = await api.call('POST', `/v1/operators/${id}/password-link`)
      return new URL(body.url).hash.slice(1)
    }
    const first = await link()
    const second = await link()
    expect((await set(first, 'another password')).status).toBe(401)
    expect((await set(second, 'too short')).status).toBe(422)
    expect((await set(second, 'another password')).status).toBe(200)
    expect((await callAs(cookie, 'GET', '/v1/session')).status).toBe(401)
    expect((await signIn(email)).status).toBe(401)
    expect((await signIn(email, 'another password')).status).toBe(200)
    const late = await link()
    api.state.now += 3 * 24 * hour + 1
    expect((await set(late, 'a third password')).status).toBe(401)
  })
})

describe('wrong passwords', () => {
  const api = useApi({
    config: { ...testConfig, trustProxy: 1, limits: { ...testConfig.limits, failedAuthentications: 25 } },
  })
  const { add, signIn, callAs } = useOperators(api)
  const from = (address: string) => ({ ...ofConsole, 'X-Forwarded-For': address })

  test('of an account from one address are refused after ten, and then the right one too', async () => {
    const { email } = await add()
    for (let n = 0; n < 10; n++) expect((await signIn(email, 'wrong', from('192.0.2.1'))).status).toBe(401)
    const reply = await signIn(email, password, from('192.0.2.1'))
    expect([reply.status, reply.body.code]).toEqual([429, 'too_many_requests'])
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(500)
    // Nobody else pays for it.
    expect((await signIn(email, password, from('192.0.2.2'))).status).toBe(200)
  })

  test('are counted before they are looked at, so that a burst gets no more tries', async () => {
    const { email } = await add()
    const burst = await Promise.all(Array.from({ length: 20 }, () => signIn(email, 'wrong', from('192.0.2.3'))))
    expect(burst.filter(({ status }) => status === 401)).toHaveLength(10)
  })

  test('of an account from everywhere, and of an address for many accounts, are refused', async () => {
    const { email } = await add()
    for (let n = 0; n < 25; n++) expect((await signIn(email, 'wrong', from(`192.0.3.${n}`))).status).toBe(401)
    expect((await signIn(email, password, from('192.0.3.100'))).status).toBe(429)
    for (let n = 0; n < 25; n++)
      expect((await signIn(`nobody-${n}@example.com`, 'wrong', from('192.0.4.1'))).status).toBe(401)
    expect((await signIn('nobody@example.com', 'wrong', from('192.0.4.1'))).status).toBe(429)
  })

  test('that became right are forgotten, and a console without a session counts for nothing', async () => {
    const { email } = await add()
    for (let n = 0; n < 3; n++) {
      for (let m = 0; m < 6; m++) expect((await signIn(email, 'wrong', from('192.0.5.1'))).status).toBe(401)
      expect((await signIn(email, password, from('192.0.5.1'))).status).toBe(200)
    }
    for (let n = 0; n < 30; n++) {
      const reply = await callAs('__Host-session=unknown', 'GET', '/v1/session', { headers: from('192.0.5.2') })
      expect(reply.status).toBe(401)
      expect((await api.call('GET', '/v1/session', { key: null, headers: from('192.0.5.2') })).status).toBe(401)
    }
    expect((await signIn(email, password, from('192.0.5.2'))).status).toBe(200)
  })
})
