import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useApi } from './useApi'

const folder = mkdtempSync(join(tmpdir(), 'console-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<script src="/assets/a.js" nonce="CSP_NONCE"></script>')
writeFileSync(join(folder, 'driver.html'), '<script src="/assets/driver.js"></script>')
writeFileSync(join(folder, 'assets', 'a.js'), 'start()')
afterAll(() => rmSync(folder, { recursive: true }))

const api = useApi({ consoleFolder: folder })
const get = (path: string) => api.call('GET', path, { key: null })

test.each(['/', '/sign-in', '/set-password', '/companies', '/companies/acme/routes/r1/stops/s1'])(
  'the console is at %s',
  async (path) => {
    const { status, headers, body } = await get(path)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/html')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toContain('/assets/a.js')
  },
)

test.each(['/v1/nothing', '/v1/companies/acme', '/u/token', '/d/link', '/docs/nothing', '/routes', '/healthz'])(
  'the console is not at %s',
  async (path) => {
    const { headers, body } = await get(path)
    expect(JSON.stringify(body)).not.toContain('/assets/a.js')
    expect(headers.get('content-security-policy')).not.toContain('nonce-')
  },
)

test('its policy lets in no inline script, and inline styles under a nonce of each answer alone', async () => {
  const [one, other] = [await get('/'), await get('/')]
  const policy = one.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'; script-src 'self';")
  expect(policy).not.toContain('unsafe')
  const [, nonce] = /style-src 'self' 'nonce-([^']+)'/.exec(policy) ?? []
  expect(one.body).toContain(`nonce="${nonce}"`)
  expect(other.body).not.toContain(`nonce="${nonce}"`)
})

test('its assets, whose names change with their content, are kept for a year', async () => {
  const { status, headers } = await get('/assets/a.js')
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await get('/assets/old.js')).status).toBe(404)
})
