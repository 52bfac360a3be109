import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import { parseSettings } from '../../domain/parseSettings'
import { defaultSettings, type Settings } from '../../domain/settings'
import { settingsSchema } from '../../domain/settingsSchema'

function settingsOf(document: unknown, country = 'US'): Settings {
  const parsed = parseSettings(document, { country })
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed.settings
}

function problemsOf(document: unknown) {
  const parsed = parseSettings(document, { country: 'US' })
  return 'problems' in parsed ? parsed.problems : []
}
const pathsOf = (document: unknown) => problemsOf(document).map(({ path }) => path)

describe('a settings document', () => {
  test('takes every default when nothing is said', () => {
    expect(parseSettings({}, { country: 'US' })).toEqual({ settings: defaultSettings, warnings: [] })
  })

  test('comes out as it went in when everything is said', () => {
    expect(settingsOf(defaultSettings)).toEqual(defaultSettings)
  })

  test('takes the defaults of what an object leaves out, at every level', () => {
    const settings = settingsOf({
      events: { arrived: { enabled: true } },
      confirmation: { policy: 'from_cutoff' },
      etaBuffer: { pickup: { afterMinutes: 90 } },
      quietHours: { from: '22:00' },
      arrivals: { driverFallbackAfterMinutes: 15 },
    })
    expect(settings).toEqual({
      ...defaultSettings,
      events: { ...defaultSettings.events, arrived: { ...defaultSettings.events.arrived, enabled: true } },
      confirmation: { ...defaultSettings.confirmation, policy: 'from_cutoff' },
      etaBuffer: { ...defaultSettings.etaBuffer, pickup: { beforeMinutes: 30, afterMinutes: 90 } },
      quietHours: { from: '22:00', to: '08:00' },
      arrivals: { ...defaultSettings.arrivals, driverFallbackAfterMinutes: 15 },
    })
  })

  test('may have no quiet hours, a calendar of holidays, and people of the company, whose addresses are normalised', () => {
    const settings = settingsOf(
      {
        quietHours: null,
        holidayCalendar: { country: 'DE', state: 'BY' },
        holidays: ['2028-02-29'],
        internalRecipients: [
          { method: 'sms', address: '030 1234567', events: ['confirmed'] },
          { method: 'email', address: 'boss@EXAMPLE.com', events: ['arrived', 'departed'] },
        ],
      },
      'DE',
    )
    expect(settings).toMatchObject({ quietHours: null, holidayCalendar: { country: 'DE', state: 'BY' } })
    expect(settings.internalRecipients.map(({ address }) => address)).toEqual(['+49301234567', 'boss@example.com'])
  })

  test('with ten mistakes lists ten problems', () => {
    const document = {
      customerNotifications: 'yes',
      smsEnable: true,
      events: { confirmed: { sms: 'Hi {{ customer.nam }}' }, arrived: { sms: 'x'.repeat(101) } },
      confirmation: { sendAfter: '07:30', minNoticeMinutes: 1.5 },
      etaBuffer: { roundToMinutes: 7 },
      timeZone: 'America/Springfield',
      holidays: ['2027-02-29'],
      internalRecipients: [{ method: 'sms', address: '12', events: [] }],
    }
    expect(problemsOf(document)).toEqual([
      { path: 'customerNotifications', message: '"yes" is not allowed. Give true or false.' },
      {
        path: 'confirmation.minNoticeMinutes',
        message: '1.5 is not allowed. Give a whole number of minutes, from 0 to 10080.',
      },
      {
        path: 'etaBuffer.roundToMinutes',
        message: '7 is not allowed. Give a divisor of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60.',
      },
      {
        path: 'timeZone',
        message: '"America/Springfield" is not allowed. Give an IANA time zone such as America/Chicago.',
      },
      { path: 'holidays.0', message: '"2027-02-29" is not allowed. Give a real date as YYYY-MM-DD.' },
      {
        path: 'internalRecipients.0.address',
        message: expect.stringContaining('Phone number "12" is not valid in US.'),
      },
      {
        path: 'smsEnable',
        message: expect.stringContaining('Unknown field. Allowed: customerNotifications, smsEnabled,'),
      },
      { path: 'events.confirmed.sms', message: expect.stringContaining('"customer.nam" at line 1, column 7') },
      { path: 'events.arrived.sms', message: expect.stringContaining('The fixed text alone has 101 characters') },
      { path: 'opensAt', message: '08:00 is not before confirmation.sendAfter, 07:30. Open earlier, or send later.' },
    ])
  })

  test.each<[string, unknown]>([
    ['confirmation.sendAfter', { confirmation: { sendAfter: '24:00' } }],
    ['confirmation.sendAfter', { confirmation: { sendAfter: '9:00' } }],
    ['confirmation.policy', { confirmation: { policy: 'whenever' } }],
    ['confirmation.sameDayDelayMinutes', { confirmation: { sameDayDelayMinutes: -1.5 } }],
    ['confirmation.sameDayDelayMinutes', { confirmation: { sameDayDelayMinutes: null } }],
    ['confirmation.leadBusinessDays', { confirmation: { leadBusinessDays: 0 } }],
    ['etaBuffer.delivery.beforeMinutes', { etaBuffer: { delivery: { beforeMinutes: '30' } } }],
    ['sms.characterLimit', { sms: { characterLimit: 1601 } }],
    ['sms.characterLimit', { sms: { characterLimit: 19 } }],
    ['timeZone', { timeZone: '+05:00' }],
    ['timeZone', { timeZone: 'Not/A_Zone' }],
    ['businessDays', { businessDays: [] }],
    ['businessDays', { businessDays: [1, 1] }],
    ['businessDays.0', { businessDays: [0] }],
    ['holidays', { holidays: ['2027-01-01', '2027-01-01'] }],
    ['holidays.0', { holidays: ['01/01/2027'] }],
    ['holidayCalendar.country', { holidayCalendar: { country: 'us' } }],
    ['holidayCalendar.country', { holidayCalendar: { country: 'toString' } }],
    ['holidayCalendar.state', { holidayCalendar: { country: 'US', state: 'XX' } }],
    ['holidayCalendar.state', { holidayCalendar: { country: 'MC', state: 'X' } }],
    ['opensAt', { opensAt: '16:00' }],
    ['quietHours', { quietHours: { from: '08:00' } }],
    ['quietHours.from', { quietHours: { from: 'noon' } }],
    ['arrivals.dwellSeconds', { arrivals: { dwellSeconds: 3601 } }],
    [
      'internalRecipients.0.address',
      { internalRecipients: [{ method: 'email', address: 'a@b.co, c@d.co', events: [] }] },
    ],
    ['internalRecipients.0.events', { internalRecipients: [{ method: 'sms', address: '512 555 0100' }] }],
    ['internalRecipients.0.method', { internalRecipients: [{ method: 'fax', address: '512 555 0100', events: [] }] }],
    ['timeFormat', { timeFormat: '13h' }],
    ['events.confirmed.emailSubject', { events: { confirmed: { emailSubject: '' } } }],
    ['events.confirmed.emailBody', { events: { confirmed: { emailBody: 5 } } }],
    ['events.departing', { events: { departing: {} } }],
    ['__proto__', JSON.parse('{"__proto__": {}}')],
    ['confirmation', { confirmation: null }],
    ['', null],
    ['', []],
    ['', 'settings'],
  ])('is refused for %s', (path, document) => {
    expect(pathsOf(document)).toEqual([path])
  })

  test('judges an address even when the events beside it are wrong', () => {
    expect(pathsOf({ internalRecipients: [{ method: 'sms', address: '12', events: ['gone'] }] })).toEqual([
      'internalRecipients.0.events.0',
      'internalRecipients.0.address',
    ])
  })

  test('does not blame the texts for a limit that is itself refused', () => {
    expect(pathsOf({ sms: { characterLimit: 5 } })).toEqual(['sms.characterLimit'])
  })

  test('holds the default texts to a limit that is lowered', () => {
    expect(pathsOf({ sms: { characterLimit: 20 } })).toContain('events.arrived.sms')
    expect(pathsOf({ sms: { characterLimit: 20 }, events: { arrived: { sms: 'Here.' } } })).not.toContain(
      'events.arrived.sms',
    )
  })

  test('is saved with a warning where realistic values pass the limit', () => {
    const document = { sms: { characterLimit: 60 }, events: { departed: { sms: 'Bye {{ company.name }}' } } }
    const parsed = parseSettings(document, { country: 'US' })
    expect(parsed).toHaveProperty('warnings')
    const warned = 'warnings' in parsed ? parsed.warnings.map(({ path }) => path) : []
    expect(warned).toEqual(['confirmed', 'arrived', 'updated', 'cancelled'].map((event) => `events.${event}.sms`))
  })

  test('can be described in OpenAPI, with its numbers and lists', () => {
    extendZodWithOpenApi(z)
    const registry = new OpenAPIRegistry()
    registry.register('Settings', settingsSchema({ country: 'US' }))
    const { components } = new OpenApiGeneratorV31(registry.definitions).generateComponents()
    expect(components?.schemas?.Settings).toMatchObject({
      additionalProperties: false,
      properties: {
        sms: {
          properties: { characterLimit: { type: 'integer', minimum: 20, maximum: 1600, default: 100 } },
        },
        confirmation: { properties: { leadBusinessDays: { type: ['integer', 'null'] } } },
        businessDays: { type: 'array', items: { type: 'integer' }, default: [1, 2, 3, 4, 5] },
        internalRecipients: { items: { properties: { method: { enum: ['sms', 'email'] } } } },
      },
    })
  })
})
