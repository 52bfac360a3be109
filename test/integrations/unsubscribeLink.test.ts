import { readUnsubscribeToken, unsubscribeLink } from '../../integrations/secrets/unsubscribeLink'

const key = Buffer.alloc(32, 7)
const ann = { companyId: 'acme', address: 'ann@example.com' }
const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1)
const token = tokenOf(unsubscribeLink('https://dispatch.example.com/api', [key], ann))

test('an unsubscribe link is under the API’s address and leads back to its recipient', () => {
  const link = unsubscribeLink('https://dispatch.example.com/api', [key], ann)
  expect(link).toMatch(/^https:\/\/dispatch\.example\.com\/api\/u\/[A-Za-z0-9_-]+$/)
  expect(readUnsubscribeToken(tokenOf(link), [key])).toEqual(ann)
})

test('nobody reads an address or a company in it', () => {
  const link = unsubscribeLink('https://dispatch.example.com', [key], ann)
  const bytes = Buffer.from(tokenOf(link), 'base64url').toString('latin1')
  for (const word of ['ann', 'example.com@', 'acme']) expect(link + bytes).not.toContain(word)
})

test('a token of another key is nobody’s', () => {
  expect(readUnsubscribeToken(token, [Buffer.alloc(32, 8)])).toBeNull()
})

test('a token that was changed anywhere, or that nobody made, is nobody’s', () => {
  for (let at = 0; at < token.length; at++) {
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
    expect([at, readUnsubscribeToken(changed, [key])]).toEqual([at, null])
  }
  for (const made of ['', 'x', token.slice(0, -4), `${token}AAAA`, `${token}!`, ` ${token}`, 'A'.repeat(16)])
    expect([made, readUnsubscribeToken(made, [key])]).toEqual([made, null])
})

test('a token of a previous key still leads to its recipient, for as long as that key is kept', () => {
  expect(readUnsubscribeToken(token, [Buffer.alloc(32, 8), key])).toEqual(ann)
})
