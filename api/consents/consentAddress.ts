import { z } from 'zod'
import { normaliseAddress } from '../../domain/addresses/normaliseAddress'
import type { Problem } from '../../domain/errors'
import { channels } from '../../domain/words'

const readable = z.object({ channel: z.enum(channels), address: z.string().max(320) })

/** Whether the address of an unchecked consent is impossible in the company's country. */
export function consentAddressProblems(body: unknown, country: string): Problem[] {
  const given = readable.safeParse(body)
  if (!given.success) return []
  const result = normaliseAddress(given.data.channel, given.data.address, country)
  return 'problem' in result ? [{ path: 'address', message: result.problem }] : []
}

/** An address as somebody types it into a search, in the form in which it is stored. */
export function searchedAddress(typed: string, country: string): string {
  // In a query string a + that nobody encoded arrives as a space.
  const address = typed.replace(/^ (?=\d)/, '+')
  const result = normaliseAddress(address.includes('@') ? 'email' : 'sms', address, country)
  return 'address' in result ? result.address : address
}
