import fc from 'fast-check'
import { shorten } from '../../../domain/templates/shorten'

const cut = (text: string, limit: number) => shorten(text, limit).text

describe('shortening a text', () => {
  test('leaves a text that fits as it is', () => {
    expect(shorten('Your delivery,', 14)).toEqual({ text: 'Your delivery,', shortened: false })
    expect(shorten('', 10)).toEqual({ text: '', shortened: false })
  })

  test('cuts at the last word that fits', () => {
    expect(shorten('Truck arrives today', 14)).toEqual({ text: 'Truck arrives', shortened: true })
    expect(cut('Truck arrives today', 13)).toBe('Truck arrives')
    expect(cut('Truck arrives today', 12)).toBe('Truck')
  })

  test.each([
    ['a time', 'Truck comes 12:30 PM today', '12:30 PM'],
    ['a time of 24 hours', 'Truck comes 12:30 today', '12:30'],
    ['a time in other words', 'Truck comes 9 a.m. today', '9 a.m.'],
    ['a range of times', 'Truck comes 12:30 PM - 1:30 PM today', '12:30 PM - 1:30 PM'],
    ['a range of times in words', 'Truck comes 12:30 PM and 1:30 PM today', '12:30 PM and 1:30 PM'],
    ['a range of 24 hours', 'Truck comes 12:30 - 13:30 today', '12:30 - 13:30'],
    ['a day', 'Truck comes Wed, Dec 2 at noon', 'Wed, Dec 2'],
    ['a phone number', 'Truck comes (512) 555-0100 today', '(512) 555-0100'],
    ['a phone number with a country', 'Truck comes +1 (512) 555 01 00 today', '+1 (512) 555 01 00'],
    ['a phone number with slashes', 'Truck comes 512 / 555 - 0100 today', '512 / 555 - 0100'],
    ['a contract number with a space', 'Truck comes C-10 482 today', 'C-10 482'],
    ['a contract number with a prefix', 'Truck comes PO 4471 today', 'PO 4471'],
    ['a link', 'Truck comes https://x.example/a-b,c/?d=1 today', 'https://x.example/a-b,c/?d=1'],
  ])('keeps %s whole', (_, text, whole) => {
    const end = text.indexOf(whole) + whole.length
    for (let limit = 11; limit < end; limit++) expect(cut(text, limit)).toBe('Truck comes')
    expect(cut(text, end)).toBe(`Truck comes ${whole}`)
  })

  test('may cut between the numbers of a list', () => {
    expect(cut('Ref 10482, 10483, 10484', 17)).toBe('Ref 10482, 10483')
  })

  test.each([
    ['Acme: your truck, at 12:30 PM', 20, 'Acme: your truck'],
    ['Done. Thank you! Ref C-1', 21, 'Done. Thank you!'],
    ['Rain or shine - call 555-0100', 16, 'Rain or shine'],
    ['Between the 12:30 PM and', 13, ''],
    ['Truck is here (gate 4711)', 20, 'Truck is here (gate'],
  ])('leaves nothing dangling: %s', (text, limit, expected) => {
    expect(cut(text, limit)).toBe(expected)
  })

  test('is empty where not even the first word fits', () => {
    expect(shorten('https://x.example/very/long/link', 10)).toEqual({ text: '', shortened: true })
    expect(cut('512 555 0100 is our number', 8)).toBe('')
  })

  test('tells words apart in a script without spaces', () => {
    expect(cut('您的交货时间已经确定请等待我们的卡车', 10)).toMatch(/^您的交货时间/)
    expect(cut('您的交货时间已经确定请等待我们的卡车', 10).length).toBeLessThanOrEqual(10)
  })

  // In a time that grows with the square of the length this would take hours.
  test('ends with a field that is very long', () => {
    for (const long of ['x', '1', '(', '1 ', 'a-', '交', ' '])
      expect(cut(`a ${long.repeat(500_000)}`, 1600).length).toBeLessThanOrEqual(1600)
  })
})

describe('shortening any text', () => {
  const number = fc.nat(99)
  const pieces = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.lorem({ maxCount: 3 }),
    fc.tuple(fc.integer({ min: 1, max: 12 }), number).map(([h, m]) => `${h}:${String(m % 60).padStart(2, '0')} PM`),
    fc.constantFrom(
      '12:30 PM - 1:30 PM',
      '(512) 555-0100',
      '+49 30 1234 567',
      'https://x.example/t/AbC?d=1&e=2',
      '👩‍👩‍👧‍👦 🚚',
    ),
    fc.constantFrom('and', 'at', '-', ',', ':', 'Ref', '\n', '交货时间'),
  )
  const anyText = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(' '))
  const anyLimit = fc.integer({ min: 1, max: 120 })

  test('keeps the limit, and is a beginning of the text that ends with a word', () => {
    fc.assert(
      fc.property(anyText, anyLimit, (text, limit) => {
        const result = shorten(text, limit)
        expect(result.shortened).toBe(text.length > limit)
        expect(result.text.length).toBeLessThanOrEqual(limit)
        expect(text.startsWith(result.text)).toBe(true)
        const next = text.slice(result.text.length)
        if (result.text !== '' && !/\p{Lo}$/u.test(result.text)) expect(next).toMatch(/^(?:[\s,;:(、]|$)/)
        if (!/\p{Cs}/u.test(text)) expect(result.text).not.toMatch(/\p{Cs}/u)
      }),
      { numRuns: 500 },
    )
  })

  const whole = fc.constantFrom(
    '12:30 PM',
    '12:30 PM - 1:30 PM',
    '(512) 555-0100',
    '+49 30 1234 567',
    'C-10 482',
    'https://x.example/t/A?d=1',
  )

  test('shows a time, a number or a link whole or not at all', () => {
    fc.assert(
      fc.property(
        fc.lorem({ maxCount: 8 }),
        whole,
        fc.lorem({ maxCount: 8 }),
        anyLimit,
        (before, kept, after, limit) => {
          const { text } = shorten(`${before} ${kept} ${after}`, limit)
          expect(text.startsWith(`${before} ${kept}`) || before.startsWith(text)).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
