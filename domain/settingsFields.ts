import Holidays from 'date-holidays'
import { z } from 'zod'
import { normaliseAddress } from './addresses/normaliseAddress'
import { isTimeZone } from './schedule/zonedTime'
import { channels, events } from './words'

/** One sentence for every way in which a field can be wrong: what it was, and what to give instead. */
const give = (allowed: string) => ({
  error: ({ input }: { input?: unknown }) =>
    `${String(JSON.stringify(input)).slice(0, 80)} is not allowed. Give ${allowed}.`,
})

/** An object that refuses fields which it does not know, and lists those that it does. */
export function closedObject<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const allowed = `Allowed: ${Object.keys(shape).join(', ')}`
  return z.strictObject(shape, {
    error: ({ code, input }) =>
      code === 'unrecognized_keys' ? `Unknown field. ${allowed}.` : give(`an object. ${allowed}`).error({ input }),
  })
}

export const flag = z.boolean(give('true or false'))

export const template = z.string(give('a text with special fields such as {{ company.name }}'))

const time = give('a time as HH:MM, from 00:00 to 23:59')
export const wallTime = z.string(time).regex(/^([01]\d|2[0-3]):[0-5]\d$/, time)

const date = give('a real date as YYYY-MM-DD')
export const calendarDate = z.iso.date(date)

export function wholeNumber(min: number, max: number, of: string) {
  const sentence = give(`a whole number ${of}, from ${min} to ${max}`)
  return z.int(sentence).min(min, sentence).max(max, sentence)
}

/** Of a rendered text, in UTF-16 units. */
export const characterLimit = wholeNumber(20, 1600, 'of characters')

const divisors = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]
export const divisorOf60 = z.literal(divisors, give(`a divisor of 60: ${divisors.join(', ')}`))

export function oneOf<const Choices extends readonly string[]>(choices: Choices) {
  return z.enum(choices, give(`one of ${choices.join(', ')}`))
}

export function listOf<Item extends z.ZodType>(item: Item, max: number) {
  return z.array(item, give('a list')).max(max, `Too many. Give at most ${max}.`)
}

/** A list of at most `max` values, none of them twice. */
export function setOf<Item extends z.ZodType>(item: Item, max: number) {
  return listOf(item, max).refine((items) => new Set(items).size === items.length, {
    ...give('each value once'),
    when: ({ value }) => Array.isArray(value),
  })
}

const zone = give('an IANA time zone such as America/Chicago')
export const timeZone = z.string(zone).refine(isTimeZone, zone)

const calendar = new Holidays()

/** A country, and maybe a state of it, whose public holidays date-holidays knows. */
export const holidayCalendar = closedObject({
  country: z.string(give('a country code such as US')).describe('A country of date-holidays, e.g. US'),
  state: z.string(give('a state code such as TX')).optional().describe('A state of that country, e.g. TX'),
}).superRefine(({ country, state }, ctx) => {
  const refuse = (field: string, input: string, known: object) => {
    const allowed = Object.keys(known)
    const { error } = give(allowed.length > 0 ? `one of ${allowed.join(', ')}` : `no ${field}: ${country} has none`)
    ctx.addIssue({ code: 'custom', path: [field], message: error({ input }) })
  }
  const countries = calendar.getCountries()
  const states = calendar.getStates(country) ?? {}
  if (!Object.hasOwn(countries, country)) refuse('country', country, countries)
  else if (state !== undefined && !Object.hasOwn(states, state)) refuse('state', state, states)
})

/** `country` is the company's: phone numbers without + belong to it. */
export function internalRecipient(country: string) {
  return closedObject({
    method: oneOf(channels),
    address: z.string(give('a phone number or an email address')),
    events: setOf(oneOf(events), events.length),
  })
    .superRefine(
      ({ method, address }, ctx) => {
        const result = normaliseAddress(method, address, country)
        if ('problem' in result) ctx.addIssue({ code: 'custom', path: ['address'], message: result.problem })
      },
      { when: ({ value }) => readable.safeParse(value).success },
    )
    .transform((recipient) => {
      const result = normaliseAddress(recipient.method, recipient.address, country)
      return 'address' in result ? { ...recipient, address: result.address } : recipient
    })
}

/** An address can be judged even when the events beside it are wrong. */
const readable = z.object({ method: z.enum(channels), address: z.string() })
