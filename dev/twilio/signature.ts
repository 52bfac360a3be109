import { createHmac } from 'node:crypto'

/**
 * The value of `X-Twilio-Signature` for a form that is posted to `url`: HMAC-SHA1, keyed with the account's auth token, of
 * the URL followed by each parameter's name and value, sorted by name. Written from Twilio's description, not with its
 * library, so that it checks those who verify with the library.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function twilioSignature(authToken: string, url: string, parameters: Record<string, string>): string {
  const signed = Object.keys(parameters)
    .sort()
    .reduce((text, name) => text + name + parameters[name], url)
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64')
}
