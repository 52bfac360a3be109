import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'

/**
 * A phone number in E.164. `country` (ISO 3166-1 alpha-2) is where a number without `+` belongs. Refused: what is no
 * valid number there, text around a number, and an extension, which a text message cannot reach. Rule: "Who is told".
 */
export function normalisePhone(raw: string, country: string): { e164: string } | { problem: string } {
  if (!isSupportedCountry(country)) {
    return { problem: `Country "${country}" is unknown. Give the company a country such as US.` }
  }
  const number = parsePhoneNumberFromString(raw.trim(), { defaultCountry: country, extract: false })
  const shown = `Phone number ${JSON.stringify(raw.slice(0, 60))}`
  if (number?.ext !== undefined) return { problem: `${shown} has an extension. Give one without.` }
  if (number?.isValid() !== true) {
    const remedy = `Give one of ${country}, or one that starts with + and a country code`
    return { problem: `${shown} is not valid in ${country}. ${remedy}.` }
  }
  return { e164: number.number }
}
