import fc from 'fast-check'
import { fillIn } from '../../../domain/templates/fillIn'
import { noFields } from '../../../domain/templates/specialFields'
import { someFields } from './someFields'

const withField = (value: string) =>
  someFields({ contract: { number: 'C-1', customerName: value, fields: { note: value } } })

describe('filling in a template', () => {
  test('shows each special field', () => {
    const template = '{{ company.name }}|{{ stop.kind }}|{{ contract.fields.gate }}|{{ driver.name | upcase }}'
    expect(fillIn(template, someFields())).toBe('Acme Rentals|delivery|4711|DAN')
  })

  test('shows the fallback of a field without a value, or nothing', () => {
    expect(fillIn('Hello {{ customer.name | default: "there" }}{{ driver.name }}', noFields)).toBe('Hello there')
    expect(fillIn('Hello {{ customer.name | default: "there" }}', withField(' \u200B\n'))).toBe('Hello there')
    expect(fillIn('{{ contract.fields.unheard_of | default: "-" }}', someFields())).toBe('-')
  })

  test('takes a blank field for missing in a condition', () => {
    const template = '{% if driver.name %}Driver {{ driver.name }}{% else %}No driver{% endif %}'
    expect(fillIn(template, someFields())).toBe('Driver Dan')
    expect(fillIn(template, someFields({ driver: { name: ' ' } }))).toBe('No driver')
  })

  test('never reads a value as Liquid', () => {
    expect(fillIn('{{ contract.fields.note }}', withField('{{ company.name }}{% if %}'))).toBe(
      '{{ company.name }}{% if %}',
    )
  })

  test('keeps each value on one line, without control characters and without turning the text around', () => {
    expect(fillIn('{{ customer.name }}', withField('a\r\nBcc: b\u0000\u0007\u0085\u2028c\u202Ed\uD800e'))).toBe(
      'a Bcc: b cde',
    )
  })

  test.each(['constructor', '__proto__', 'toString', 'size', 'first', 'last', 'hasOwnProperty'])(
    'has no contract field %s unless the contract carries it',
    (name) => {
      expect(fillIn(`[{{ contract.fields.${name} }}{{ contract.fields.${name}.name }}]`, someFields())).toBe('[]')
      const fields = JSON.parse(`{"${name}": "mine"}`)
      const carrying = someFields({ contract: { number: 'C-1', customerName: 'Ann', fields } })
      expect(fillIn(`{{ contract.fields.${name} }}`, carrying)).toBe('mine')
    },
  )

  test.each([
    ['a range', '{% for i in (1..1000000000) %}x{% endfor %}'],
    ['nested ranges', `${'{% for i in (1..900) %}'.repeat(4)}${'{% endfor %}'.repeat(4)}`],
    ['a text that doubles', `{% assign a = "xx" %}${'{% assign a = a | append: a %}'.repeat(60)}`],
    ['replacing by itself', `{% assign a = "xxxxxxxx" %}${'{% assign a = a | replace: "x", a %}'.repeat(9)}`],
    [
      'nested lists',
      `{% assign a = "${'x,'.repeat(200)}" | split: "," %}${'{% for i in a %}'.repeat(8)}${'{% endfor %}'.repeat(8)}`,
    ],
  ])('gives up soon on a bomb: %s', (_, bomb) => {
    expect(() => fillIn(bomb, noFields)).toThrow(/limit exceeded/)
  })

  test('shows any text as it is, spaces and unprintable characters apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const shown = fillIn('[{{ contract.fields.note }}]', withField(value))
        expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202E]/u)
        const printable = (text: string) => text.replace(/[\p{Cc}\p{Cs}\p{Cf}\s\p{Cn}]/gu, '')
        expect(printable(shown)).toBe(printable(`[${value}]`))
      }),
    )
  })
})
