import { defaultSettings, type Settings } from '../../../domain/settings'
import { templateProblems, templateWarnings } from '../../../domain/templates/settingsTemplates'

const withSms = (sms: string, changes: Partial<Settings> = {}): Settings => ({
  ...defaultSettings,
  ...changes,
  events: { ...defaultSettings.events, confirmed: { ...defaultSettings.events.confirmed, sms } },
})
const problems = (sms: string, limit: number | null = 100) => templateProblems(withSms(sms).events, limit)
const warnings = (sms: string, changes: Partial<Settings> = {}) => templateWarnings(withSms(sms, changes))

describe('the templates of a settings document', () => {
  test.each(['12h', '24h'] as const)('are by default without problem or warning, in %s', (timeFormat) => {
    expect(templateProblems(defaultSettings.events, defaultSettings.sms.characterLimit)).toEqual([])
    expect(templateWarnings({ ...defaultSettings, timeFormat })).toEqual([])
  })

  test('are each checked, with a path', () => {
    const { events } = withSms('{{ nope }}')
    const paths = templateProblems(
      { ...events, arrived: { ...events.arrived, emailSubject: '{{', emailBody: ' ' } },
      100,
    )
    expect(paths.map(({ path }) => path)).toEqual([
      'events.confirmed.sms',
      'events.arrived.emailSubject',
      'events.arrived.emailBody',
    ])
  })

  test('refuse an SMS whose fixed text alone passes the limit', () => {
    expect(problems(`${'x'.repeat(100)} {{ company.name }}`)).toEqual([])
    expect(problems(`${'x'.repeat(101)} {{ company.name }}`)).toEqual([
      {
        path: 'events.confirmed.sms',
        message:
          'The fixed text alone has 101 characters; sms.characterLimit allows 100. Shorten the text by 1, or raise the limit.',
      },
    ])
    expect(problems('x'.repeat(101), null)).toEqual([])
  })

  test('are passed over where they are missing or no text', () => {
    const events = JSON.parse('{"confirmed": {"sms": 3}, "arrived": null, "departed": "x"}')
    expect(templateProblems(events, 100)).toEqual([])
  })

  test('warn where realistic values pass the limit', () => {
    expect(warnings(`{{ stop.address }} ${'x'.repeat(60)}`)).toEqual([
      {
        path: 'events.confirmed.sms',
        message: expect.stringMatching(
          /^With realistic values the text has 105 characters .* allows 100, so its end is cut off/,
        ),
      },
    ])
    expect(warnings(`{{ stop.address }} ${'x'.repeat(60)}`, { sms: { characterLimit: 105 } })).toEqual([])
  })

  test('take realistic values in the format of the company', () => {
    const text = `{{ eta.range }} ${'x'.repeat(82)}`
    expect(warnings(text)).toHaveLength(1)
    expect(warnings(text, { timeFormat: '24h' })).toEqual([])
  })

  test('warn of a character that makes a text UCS-2, and name it', () => {
    expect(warnings('Don’t worry – we’re near')).toEqual([
      {
        path: 'events.confirmed.sms',
        message:
          'The text is sent as UCS-2, 70 characters a segment instead of 160, because of "’" (U+2019), "–" (U+2013). Replace it by a plain character.',
      },
    ])
  })
})
