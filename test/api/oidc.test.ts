import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createOidcClient } from '../../api/sessions/oidc/oidcClient'
import { publicUrl, useApi } from './useApi'
import { cookieOf, useOperators } from './useOperators'

const callback = `${publicUrl}/v1/session/oidc/callback`
let provider: ChildProcess
let port = 0
const clientOf = () =>
  createOidcClient(
    { issuer: `http://localhost:${port}`, clientId: 'console', clientSecret: 'secret-of-the-console' },
    callback,
  )
/** Made when it is first called: the provider has a port by then. */
const api = useApi({
  oidc: {
    begin: (checks) => clientOf().begin(checks),
    verifiedEmail: (url, checks) => clientOf().verifiedEmail(url, checks),
  },
})
const operators = useOperators(api)

beforeAll(async () => {
  const script = join(__dirname, '..', 'setup', 'oidcProvider.mjs')
  provider = spawn(process.execPath, [script, callback], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(provider.stdout ?? provider, 'data')
  port = Number(line)
})
afterAll(async () => {
  provider.kill()
  await once(provider, 'exit')
})

const get = (path: string, cookie = '') =>
  fetch(`${api.origin}${path}`, { redirect: 'manual', headers: cookie === '' ? {} : { Cookie: cookie } })

async function begin() {
  const reply = await get('/v1/session/oidc')
  return {
    to: reply.headers.get('location') ?? '',
    cookie: cookieOf(reply),
    set: reply.headers.get('set-cookie') ?? '',
  }
}

/** Signs in at the provider as a browser does; gives the path with which the provider sends it back. */
async function signInAtProvider(to: string, email: string): Promise<string> {
  const jar = new Map<string, string>()
  let [url, form]: [string, URLSearchParams | undefined] = [to, undefined]
  for (let step = 0; step < 12; step++) {
    const reply = await fetch(url, {
      redirect: 'manual',
      method: form === undefined ? 'GET' : 'POST',
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form !== undefined && { body: form }),
    })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const location = reply.headers.get('location')
    form = location === null ? new URLSearchParams({ prompt: 'login', login: email, password: 'any' }) : undefined
    if (location !== null) url = new URL(location, url).href
    if (url.startsWith(callback)) return url.slice(publicUrl.length)
  }
  throw new Error(`The provider did not send the browser back; it is at ${url}.`)
}

async function signInAs(email: string) {
  const { to, cookie } = await begin()
  const path = await signInAtProvider(to, email)
  return { path, cookie, reply: await get(path, cookie) }
}
const sessionIn = (reply: Response) => reply.headers.getSetCookie().find((line) => line.startsWith('__Host-session='))

test('an operator is sent to the provider and comes back signed in, whatever the case of the email', async () => {
  expect((await api.call('GET', '/v1/session/options', { key: null })).body).toEqual({ password: true, oidc: true })
  const { email } = await operators.add({ role: 'viewer' })
  const { reply } = await signInAs(email.toUpperCase())
  expect([reply.status, reply.headers.get('location')]).toEqual([303, `${publicUrl}/`])
  const session = sessionIn(reply)?.split(';', 1)[0] ?? ''
  expect((await operators.callAs(session, 'GET', '/v1/session')).body.operator).toMatchObject({ email, role: 'viewer' })
  expect((await api.call('GET', '/v1/audit?limit=1')).body.items).toMatchObject([{ action: 'operator.signed_in' }])
})

test('what the provider is asked has PKCE, a state and a nonce, and the cookie is the browser’s alone', async () => {
  const { to, set } = await begin()
  const asked = new URL(to).searchParams
  expect(asked.get('code_challenge_method')).toBe('S256')
  for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThan(20)
  expect(set).toMatch(/^__Host-oidc=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/)
  expect(set).not.toContain(asked.get('state'))
})

test('nobody becomes an operator by it, and an email that is not verified is nobody’s', async () => {
  const { email } = await operators.add({ email: 'unverified@example.com' })
  for (const [who, reason] of [
    ['stranger@example.com', 'unknown'],
    [email, 'not_verified'],
  ] as const) {
    const { reply } = await signInAs(who)
    expect(reply.headers.get('location')).toBe(`${publicUrl}/?sign-in=${reason}`)
    expect(sessionIn(reply)).toBeUndefined()
  }
  expect(await api.db('operators').where({ email: 'stranger@example.com' })).toEqual([])
})

test('whoever comes back to a sign-in that another browser began, or too late, is not signed in', async () => {
  const { email } = await operators.add()
  const { to, cookie } = await begin()
  const path = await signInAtProvider(to, email)
  const other = await begin()
  expect((await get(path)).headers.get('location')).toBe(`${publicUrl}/?sign-in=expired`)
  expect((await get(path, '__Host-oidc=forged')).headers.get('location')).toBe(`${publicUrl}/?sign-in=expired`)
  expect((await get(path, other.cookie)).headers.get('location')).toBe(`${publicUrl}/?sign-in=failed`)
  api.state.now += 601_000
  expect((await get(path, cookie)).headers.get('location')).toBe(`${publicUrl}/?sign-in=expired`)
})

test('a code works once', async () => {
  const { email } = await operators.add()
  const { path, cookie, reply } = await signInAs(email)
  expect(sessionIn(reply)).toBeDefined()
  expect((await get(path, cookie)).headers.get('location')).toBe(`${publicUrl}/?sign-in=failed`)
})

describe('without a provider that answers', () => {
  const alone = useApi()
  const lost = useApi({
    oidc: createOidcClient({ issuer: 'http://localhost:1', clientId: 'console', clientSecret: 's' }, callback),
  })

  test('it is not offered when it is not configured', async () => {
    expect((await alone.call('GET', '/v1/session/options')).body).toEqual({ password: true, oidc: false })
    expect((await alone.call('GET', '/v1/session/oidc')).status).toBe(404)
    expect((await alone.call('GET', '/v1/session/oidc/callback')).status).toBe(404)
  })

  test('the browser is sent back to the console when the provider is away', async () => {
    const reply = await fetch(`${lost.origin}/v1/session/oidc`, { redirect: 'manual' })
    expect(reply.headers.get('location')).toBe(`${publicUrl}/?sign-in=failed`)
  })
})
