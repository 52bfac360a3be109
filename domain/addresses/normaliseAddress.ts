import type { Channel } from '../words'
import { normaliseEmail } from './emailAddress'
import { normalisePhone } from './phoneNumber'

/**
 * The address of a delivery notification as it is stored and compared: E.164 for `sms`, else an email address.
 * `country` (ISO 3166-1 alpha-2) is the company's. Rule: "Who is told".
 */
export function normaliseAddress(
  method: Channel,
  raw: string,
  country: string,
): { address: string } | { problem: string } {
  if (method === 'sms') {
    const phone = normalisePhone(raw, country)
    return 'problem' in phone ? phone : { address: phone.e164 }
  }
  const email = normaliseEmail(raw)
  return 'problem' in email ? email : { address: email.email }
}
