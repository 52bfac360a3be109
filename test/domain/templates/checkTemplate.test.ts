import fc from 'fast-check'
import { checkTemplate } from '../../../domain/templates/checkTemplate'
import { fillIn } from '../../../domain/templates/fillIn'
import { noFields, specialFields } from '../../../domain/templates/specialFields'

const messages = (source: string) => checkTemplate(source).map(({ message }) => message)
const unknown = (source: string) =>
  messages(source).map((message) => /^Unknown special field "(.*)" at line/.exec(message)?.[1])

describe('checking a template', () => {
  test('accepts every special field, with fallbacks, conditions and loops', () => {
    const fields = Object.keys(specialFields).map((name) => `{{ ${name} | default: company.name }}`)
    expect(checkTemplate(fields.join(' '))).toEqual([])
    expect(checkTemplate('{% if eta.range != "" and driver.name %}x{% elsif truck.name %}y{% endif %}')).toEqual([])
    expect(
      checkTemplate(
        '{% assign all = contract.numbers | split: ", " %}{% for n in all %}{{ n }}{{ forloop.index }}{% endfor %}',
      ),
    ).toEqual([])
    expect(checkTemplate('{{ contract["number"] }}{{ contract.fields.Gate_2 }}{{ "plain" }}')).toEqual([])
  })

  test('names an unknown field, its place, what is allowed and what was probably meant', () => {
    expect(checkTemplate('Hi {{ customer.nam }}')).toEqual([
      {
        message: `Unknown special field "customer.nam" at line 1, column 7. Allowed: ${Object.keys(specialFields).join(', ')}. Did you mean "customer.name"?`,
        line: 1,
        column: 7,
      },
    ])
    expect(messages('{{ weather }}')[0]).not.toContain('Did you mean')
  })

  test('finds unknown fields wherever they stand, in their order', () => {
    const source = `{{ company.name | default: a.one }}
{% if b.two == c.three %}{% endif %}{% unless d.four %}{% endunless %}
{% for n in e.five limit: f.six %}{{ n }}{{ g.seven }}{% endfor %}
{% case h.eight %}{% when i.nine %}{% endcase %}{% assign x = j.ten %}{% capture y %}{{ k.eleven }}{% endcapture %}`
    expect(unknown(source)).toEqual([
      'a.one',
      'b.two',
      'c.three',
      'd.four',
      'e.five',
      'f.six',
      'g.seven',
      'h.eight',
      'i.nine',
      'j.ten',
      'k.eleven',
    ])
    expect(checkTemplate(source)[10]).toMatchObject({ line: 4, column: 89 })
  })

  test.each([
    '{{ company }}',
    '{{ contract.fields }}',
    '{{ company.name.size }}',
    '{{ contract.fields.a.b }}',
    '{{ contract.fields["a b"] }}',
    '{{ contract.fields[company.name] }}',
    '{{ contract.numbers[0] }}',
    '{{ company.constructor }}',
    '{{ constructor.constructor }}',
    '{{ __proto__ }}',
    '{{ later }}{% assign later = "x" %}',
  ])('refuses what only looks like a field: %s', (source) => {
    expect(messages(source)[0]).toMatch(/^Unknown special field/)
  })

  test.each([
    ['{{ company.name', 1, 1, 'Broken syntax: output "{{ company.name" not closed'],
    ['a\n  {% if driver.name %}x', 2, 3, 'Broken syntax: tag {% if driver.name %} not closed'],
    ['{% if driver.name = "x" %}{% endif %}', 1, 20, 'Broken syntax: expected "|" before filter'],
    ['{{ }}', 1, 4, 'Broken syntax: invalid value expression'],
    ['Hi\n{ company.name }}', 2, 16, 'Stray "}}"'],
    ['{{ "{{" }}', 1, 1, 'Stray "{{"'],
    ['50 %} off', 1, 4, 'Stray "%}"'],
    ['x\u0000', 1, 2, 'Broken character'],
    ['\uD800', 1, 1, 'Broken character'],
  ])('says where the syntax is broken: %j', (source, line, column, start) => {
    const [problem, ...others] = checkTemplate(source)
    expect(problem).toMatchObject({ line, column, message: expect.stringContaining(start) })
    expect(problem?.message).toContain(`at line ${line}, column ${column}. `)
    expect(others).toEqual([])
  })

  test.each([
    'include "x"',
    'render "x"',
    'layout "x"',
    'block x',
    'tablerow x in y',
    'liquid',
    'raw',
    'increment x',
    'endif',
  ])('refuses the tag %s', (tag) => {
    expect(messages(`{% ${tag} %}`)).toEqual([
      expect.stringMatching(/^Tag "\w+" is not allowed at line 1, column 1\. Allowed: assign, /),
    ])
  })

  test.each(['raw', 'date', 'json', 'where_exp', 'url_decode', 'strip_html'])('refuses the filter %s', (filter) => {
    expect(messages(`{{ company.name | ${filter} }}`)[0]).toMatch(/^Filter "\w+" is not allowed .* Allowed: append, /)
  })

  test('guesses the filter that was meant', () => {
    expect(messages('{{ company.name | defalt: "x" }}')[0]).toMatch(/Did you mean "default"\?$/)
  })

  test('refuses work without end, and a template that is too long', () => {
    expect(messages('{% for i in (1..1000000000) %}x{% endfor %}')[0]).toMatch(/^The template does too much at line 1/)
    expect(messages('x'.repeat(20_001))[0]).toMatch(/^The template has 20001 characters/)
  })

  test('what it accepts can be rendered and shows no braces; what it refuses it refuses with a sentence', () => {
    const part = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      ' ',
      '"',
      '|',
      'default:',
      'company.name',
      'if',
      'endif',
      'x',
      '\n',
      '.',
      '{{ eta.date }}',
      '{% if driver.name %}',
      '{% endif %}',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const source = parts.join(' ')
        const problems = checkTemplate(source)
        for (const { message } of problems) expect(message).toMatch(/at line \d+, column \d+\. /)
        if (problems.length === 0) expect(fillIn(source, noFields)).not.toMatch(/\{\{|\}\}|\{%|%\}/)
      }),
      { numRuns: 1000 },
    )
  })
})
