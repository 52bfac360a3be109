import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js'
import { z } from 'zod'
import type { NotificationFilter } from '../../db/notifications'
import { normaliseAddress } from '../../domain/addresses/normaliseAddress'
import { channels, events, notificationStatuses } from '../../domain/words'
import type { Caller } from '../auth/caller'
import { calendarDate, callersId, instant, text } from '../schemas/common'
import { masksFor } from '../schemas/masking'

/** By what notifications are looked for. Not by their texts: those are masked for some, and erased after a while. */
export const notificationQuery = {
  routeId: callersId.optional(),
  status: z.enum(notificationStatuses).optional(),
  event: z.enum(events).optional(),
  channel: z.enum(channels).optional(),
  recipient: text(254).optional().meta({
    description: 'A number or an email address, or how it begins. Whoever sees them masked gives the whole of it.',
  }),
  contractNumber: callersId.optional(),
  serviceDate: calendarDate.optional().meta({ type: 'string', format: 'date', description: 'The day of the route.' }),
  from: instant.optional().meta({ type: 'string', format: 'date-time', description: 'Planned at or after this.' }),
  to: instant.optional().meta({ type: 'string', format: 'date-time', description: 'Planned before this.' }),
}

/**
 * What somebody typed into a search, in the form in which addresses are stored: a whole one, or how one begins. A viewer's is
 * always taken for whole: with beginnings, a masked address could be guessed digit by digit.
 */
export function searchedRecipient(typed: string, country: string, caller: Caller): NotificationFilter['recipient'] {
  // In a query string a + that nobody encoded arrives as a space, which the schema has cut off.
  const isPhone = /^[+(\d][\d\s().-]*$/.test(typed)
  const whole = normaliseAddress(isPhone ? 'sms' : 'email', typed, country)
  if ('address' in whole) return { whole: whole.address }
  if (masksFor(caller).hides) return { whole: typed }
  return { start: isPhone ? numberStart(typed, country) : typed }
}

function numberStart(typed: string, country: string): string {
  const digits = typed.replace(/\D/g, '')
  if (typed.startsWith('+') || !isSupportedCountry(country)) return `+${digits}`
  return `+${getCountryCallingCode(country)}${digits}`
}
