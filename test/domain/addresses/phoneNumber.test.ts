import { normalisePhone } from '../../../domain/addresses/phoneNumber'

describe('a phone number', () => {
  test.each([
    ['(512) 555-0100', 'US', '+15125550100'],
    ['512.555.0100', 'US', '+15125550100'],
    ['1 512 555 0100', 'US', '+15125550100'],
    ['+1 512-555-0100', 'DE', '+15125550100'],
    ['030 1234567', 'DE', '+49301234567'],
    ['020 7183 8750', 'GB', '+442071838750'],
    [' +442071838750 ', 'US', '+442071838750'],
  ])('%s in %s is %s', (raw, country, e164) => {
    expect(normalisePhone(raw, country)).toEqual({ e164 })
  })

  test.each([
    '',
    '12',
    '512 555',
    '+1 512 555 01000',
    '+999 123456789',
    'call 512 555 0100',
    '512 555 0100 or 0101',
    '1-800-FLOWERS',
    'joe@example.com',
  ])('%j is refused, with what to give instead', (raw) => {
    expect(normalisePhone(raw, 'US')).toEqual({
      problem: `Phone number "${raw}" is not valid in US. Give one of US, or one that starts with + and a country code.`,
    })
  })

  test.each(['512 555 0100 ext. 7', '+1 512 555 0100 x7', '+15125550100;ext=7'])(
    '%s has an extension, and is refused',
    (raw) => {
      expect(normalisePhone(raw, 'US')).toEqual({
        problem: `Phone number "${raw}" has an extension. Give one without.`,
      })
    },
  )

  test('a country that nobody knows is named', () => {
    expect(normalisePhone('512 555 0100', 'XX')).toEqual({
      problem: 'Country "XX" is unknown. Give the company a country such as US.',
    })
  })
})
