import { normaliseEmail } from '../../../domain/addresses/emailAddress'

describe('an email address', () => {
  test('keeps its mailbox and has its domain in lower case', () => {
    expect(normaliseEmail(' Joe.Bloggs+x@Mail.EXAMPLE.com ')).toEqual({ email: 'Joe.Bloggs+x@mail.example.com' })
  })

  test.each([
    ['nothing', ''],
    ['no domain', 'joe'],
    ['a domain without a dot', 'joe@localhost'],
    ['a display name', 'Joe <joe@example.com>'],
    ['a list', 'joe@example.com, evil@example.com'],
    ['a list by semicolon', 'joe@example.com;evil@example.com'],
    ['two at signs', 'joe@evil@example.com'],
    ['a line break inside', 'joe@example.com\r\nBcc: evil@example.com'],
    ['a line break at the end', 'joe@example.com\n'],
    ['a quoted mailbox', '"joe"@example.com'],
    ['a space', 'jo e@example.com'],
    ['a mailbox too long', `${'j'.repeat(65)}@example.com`],
    ['too many characters', `joe@${'x.'.repeat(126)}com`],
  ])('with %s is refused', (_, raw) => {
    expect(normaliseEmail(raw)).toEqual({
      problem: expect.stringMatching(/is not valid\. Give one bare address such as/),
    })
  })

  test('may have the longest mailbox that mail servers take', () => {
    const raw = `${'j'.repeat(64)}@example.com`
    expect(normaliseEmail(raw)).toEqual({ email: raw })
  })
})
