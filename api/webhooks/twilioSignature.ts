import { validateRequest } from 'twilio'
import { ApiProblem } from '../../domain/errors'
import type { ApiParts } from '../apiParts'
import type { Answer, Call } from '../http/endpoint'

/** Twilio's form fields, each with its last value. */
export type TwilioFields = Record<string, string | undefined>

const mostFields = 500

/**
 * The form fields of a call that Twilio has signed: over the address that it was told to call (PUBLIC_URL, not the Host
 * header, which a proxy rewrites) and over every field, also those that it adds without notice.
 */
export function signedFields(call: Call, { config }: ApiParts): TwilioFields {
  const signed: Record<string, string | string[]> = {}
  const fields: TwilioFields = {}
  const given = [...new URLSearchParams(call.rawBody.toString('utf8'))]
  // Twilio sends some dozens. Whoever sends more wants us to work before we know who it is.
  if (given.length > mostFields) throw new ApiProblem('invalid_signature')
  for (const [name, value] of given) {
    const known = signed[name]
    signed[name] = known === undefined ? value : [known, value].flat()
    fields[name] = value
  }
  const signature = call.header('x-twilio-signature') ?? ''
  if (config.twilio === null || !validateRequest(config.twilio.authToken, signature, call.url, signed))
    throw new ApiProblem('invalid_signature')
  return fields
}

/** Nothing to say: any other answer to an inbound text would be sent to the customer. */
export const emptyTwiml: Answer = {
  status: 200,
  text: { contentType: 'text/xml', content: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },
}
