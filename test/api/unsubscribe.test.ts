import { unsubscribeLink } from '../../integrations/secrets/unsubscribeLink'
import { useApi } from './useApi'

const key = Buffer.alloc(32, 7)
const oneClick = 'List-Unsubscribe=One-Click'
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

describe('an unsubscribe link', () => {
  const api = useApi()
  let company: string
  let path: string
  beforeEach(async () => {
    company = await api.company()
    path = unsubscribeLink('', [key], { companyId: company, address: 'ann@example.com' })
  })
  const open = (where = path) => api.call('GET', where, { key: null })
  const post = (raw: string, headers: Record<string, string> = form) =>
    api.call('POST', path, { key: null, raw, headers })
  async function consents() {
    const { body } = await api.call('GET', `/v1/companies/${company}/consents?address=ann@example.com`)
    return body.items.map(({ action, source }: Record<string, string>) => `${action} by ${source}`)
  }

  test('opened shows a page with a button and changes nothing: programs that scan mails follow links', async () => {
    for (let times = 0; times < 3; times++) {
      const { status, headers, body } = await open()
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(body).toContain('Emails from Acme Rentals')
      expect(body).toContain('<button type="submit">Unsubscribe</button>')
      expect(body).toContain('a***@example.com')
    }
    await api.call('HEAD', path, { key: null })
    expect(await consents()).toEqual([])
  })

  test.each<[string, string, Record<string, string>]>([
    ['a form', oneClick, form],
    [
      'a form of parts',
      `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`,
      { 'Content-Type': 'multipart/form-data; boundary=b' },
    ],
  ])('posted to by a mail program with %s unsubscribes at once, without key or cookie', async (_, raw, headers) => {
    const { status, headers: answered, body } = await post(raw, headers)
    expect([status, answered.get('set-cookie'), answered.get('location')]).toEqual([200, null, null])
    expect(body).toContain('You are unsubscribed')
    expect(await consents()).toEqual(['revoked by unsubscribe_link'])
  })

  test('used again changes nothing more, and its page shows what is so', async () => {
    for (let times = 0; times < 3; times++) expect((await post(oneClick)).status).toBe(200)
    expect(await consents()).toHaveLength(1)
    expect((await open()).body).toContain('You are unsubscribed')
  })

  test('can be taken back, and used once more', async () => {
    await post('resubscribe=yes')
    expect(await consents()).toEqual([])
    await post(oneClick)
    expect((await post('resubscribe=yes')).body).toContain('You get emails again')
    expect(await consents()).toEqual(['granted by unsubscribe_link', 'revoked by unsubscribe_link'])
    expect((await open()).body).toContain('>Unsubscribe</button>')
    await post(oneClick)
    expect((await consents())[0]).toBe('revoked by unsubscribe_link')
  })

  test.each([
    ['nothing', '', form],
    ['another form', 'List-Unsubscribe=Later', form],
    ['no form', `{"List-Unsubscribe":"One-Click"}`, { 'Content-Type': 'application/json' }],
    ['half a form', '--b\r\nContent-Disp', { 'Content-Type': 'multipart/form-data; boundary=b' }],
  ])('posted to with %s asks', async (_, raw, headers) => {
    const { status, body } = await post(raw, headers)
    expect([status, /Unsubscribe<\/button>/.test(body)]).toEqual([400, true])
    expect(await consents()).toEqual([])
  })

  test('ends the emails of its own company alone', async () => {
    const other = await api.company()
    await post(oneClick)
    expect((await api.call('GET', `/v1/companies/${other}/consents`)).body.items).toEqual([])
  })

  test('that nobody made is answered with a page that says so', async () => {
    const token = path.slice(path.lastIndexOf('/') + 1)
    const gone = unsubscribeLink('', [key], { companyId: 'no-such-company', address: 'ann@example.com' })
    for (const wrong of ['/u/x', `/u/${token.slice(1)}`, gone]) {
      for (const method of ['GET', 'POST']) {
        const raw = method === 'POST' ? { raw: oneClick, headers: form } : {}
        const { status, headers, body } = await api.call(method, wrong, { key: null, ...raw })
        expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
        expect(body).toContain('This link does not work')
      }
    }
  })

  test('has a page for everybody: a language, a small screen, no script, nothing from elsewhere, in nobody’s frame', async () => {
    const { headers, body } = await open(`${path}?utm_source=newsletter`)
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(body).toContain('name="viewport" content="width=device-width')
    expect(body).not.toMatch(/<script|<img|<link|https?:/)
    const policy = headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; /)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('shows the company’s name as text, whatever it is', async () => {
    const name = `<script>alert("1")</script> & 'Söhne' $&`
    await api.call('PUT', `/v1/companies/${company}`, { body: { name } })
    for (const { body } of [await open(), await post(oneClick), await post('resubscribe=yes')]) {
      expect(body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Söhne&#39; $&amp;')
      expect(body).not.toContain('<script')
    }
  })
})
