import fc from 'fast-check'
import { defaultSettings } from '../../../domain/settings'
import { renderMessage, renderSms } from '../../../domain/templates/renderMessage'
import type { SpecialFields } from '../../../domain/templates/specialFields'
import { events } from '../../../domain/words'
import { someFields } from './someFields'

const templates = { sms: '', emailSubject: '', emailBody: '' }
const sms = (template: string, fields = someFields(), limit = 100) => renderSms(template, fields, limit)

function email(emailSubject: string, emailBody: string, fields: SpecialFields = someFields()) {
  const message = renderMessage({
    templates: { ...templates, emailSubject, emailBody },
    channel: 'email',
    fields,
    characterLimit: 5,
  })
  if (message.channel !== 'email') throw new Error('not an email')
  return message
}

const named = (customerName: string) => someFields({ contract: { number: 'C-1', customerName, fields: {} } })

describe('a text message', () => {
  test('is one trimmed line, counted', () => {
    expect(sms(' {{ company.name }}:\n\n  {{ stop.kind }}\t{{ eta.range }} ')).toEqual({
      channel: 'sms',
      text: 'Acme Rentals: delivery 12:30 PM - 1:30 PM',
      shortened: false,
      characters: 41,
      segments: 1,
      encoding: 'GSM-7',
    })
  })

  test('is shortened to the limit', () => {
    expect(sms('{{ company.name }}: {{ eta.range }}', someFields(), 20)).toMatchObject({
      text: 'Acme Rentals',
      shortened: true,
      characters: 12,
    })
  })

  test('turns into UCS-2 with one character outside of GSM-7, and counts segments of that', () => {
    expect(sms(`{{ customer.name }} ${'x '.repeat(40)}`, named('Zoë'))).toMatchObject({
      encoding: 'UCS-2',
      segments: 2,
    })
    expect(sms(`{{ customer.name }} ${'x '.repeat(40)}`, named('José'))).toMatchObject({
      encoding: 'GSM-7',
      segments: 1,
    })
  })

  test('may come to nothing, which its caller must not send', () => {
    expect(sms('{{ contract.fields.none }}').text).toBe('')
  })
})

describe('an email', () => {
  test('is not shortened, and keeps the lines of its template', () => {
    const message = email(
      '{{ company.name }}',
      'Hello {{ customer.name }},\r\n\r\n\r\n\r\nsee you  at\n{{ eta.start }}.\n',
    )
    expect(message).toMatchObject({
      subject: 'Acme Rentals',
      text: 'Hello Ann,\n\nsee you at\n12:30 PM.',
      shortened: false,
    })
    expect(message.html).toContain('<p>Hello Ann,</p>\n<p>see you at<br>\n12:30 PM.</p>')
  })

  test('has a subject of one line, so that a contract cannot add a header', () => {
    expect(email('For {{ customer.name }}', 'x', named('Eve\r\nBcc: all@example.com\r\n\r\nbody')).subject).toBe(
      'For Eve Bcc: all@example.com body',
    )
    expect(email('Two\nlines', 'x').subject).toBe('Two lines')
  })

  test('escapes fields and template in its HTML', () => {
    const { html, text } = email('x', '<b>{{ customer.name }}</b>', named(`<script>alert("1")</script>&'`))
    expect(text).toBe(`<b><script>alert("1")</script>&'</b>`)
    expect(html).toContain('<p>&lt;b&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;&lt;/b&gt;</p>')
  })

  test('makes https links clickable, and no others', () => {
    const { html } = email('x', 'See (https://x.example/a?b=1&c="2"), http://y.example, javascript:alert(1).')
    expect(html).toContain(
      'See (<a href="https://x.example/a?b=1&amp;c=">https://x.example/a?b=1&amp;c=</a>&quot;2&quot;), http://y.example, javascript:alert(1).',
    )
    expect(html.match(/<a /g)).toHaveLength(1)
  })
})

describe('whatever a contract carries', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^([<>"'&{}%\r\n]|https:\/\/|<script>|\{\{|x| ){0,12}$/),
  )

  test('no markup of it reaches the HTML, and no line of it the subject', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const { html, subject } = email('{{ customer.name }}', 'a {{ customer.name }} b', named(value))
        expect(subject).not.toMatch(/[\r\n\p{Cc}]/u)
        const body = /<body>\n(.*)\n<\/body>/s.exec(html)?.[1] ?? ''
        const unlinked = body.replace(/<a href="https:\/\/[^\s"<>]+">([^<>]*)<\/a>/g, '$1')
        expect(unlinked).toMatch(/^<p>[^<>"']*<\/p>$/)
      }),
      { numRuns: 300 },
    )
  })

  test('the default texts keep the limit and show no braces', () => {
    const plain = anyText.map((text) => text.replace(/[{}%]/g, ''))
    fc.assert(
      fc.property(plain, fc.constantFrom(...events), fc.integer({ min: 20, max: 160 }), (value, event, limit) => {
        const message = renderSms(defaultSettings.events[event].sms, named(value), limit)
        expect(message.characters).toBe(message.text.length)
        expect(message.characters).toBeLessThanOrEqual(limit)
        expect(message.text).not.toMatch(/[{}]/)
      }),
    )
  })
})
