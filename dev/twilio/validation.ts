import type { TwilioErrorCode } from './errors'

/** Twilio's magic numbers: https://www.twilio.com/docs/iam/test-credentials */
const magicTo: Record<string, TwilioErrorCode> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
}
const magicFrom: Record<string, TwilioErrorCode> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
}

const e164 = /^\+[1-9]\d{6,14}$/
// A number, a short code, or an alphanumeric sender.
const sender = /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/
const messagingService = /^MG[0-9a-f]{32}$/
const longestBody = 1600

/** The parameters of `POST Messages.json` as they came. */
export type MessageForm = Record<string, unknown>

/** A parameter's text; empty when it was not given. */
export function parameter(form: MessageForm, name: string): string {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** What Twilio would refuse a message for; undefined when it takes it. */
export function refusalOf(form: MessageForm): TwilioErrorCode | undefined {
  const [to, from, service] = [parameter(form, 'To'), parameter(form, 'From'), parameter(form, 'MessagingServiceSid')]
  const [body, callback] = [parameter(form, 'Body'), parameter(form, 'StatusCallback')]
  if (!to) return 21604
  if (!from && !service) return 21603
  if (!body && !form.MediaUrl && !form.ContentSid) return 21602
  if (body.length > longestBody) return 21617
  if (callback && !isWebUrl(callback)) return 21609
  if (service && !messagingService.test(service)) return 21701
  if (from && magicFrom[from]) return magicFrom[from]
  if (from && !sender.test(from)) return 21212
  if (magicTo[to]) return magicTo[to]
  if (!e164.test(to)) return 21211
  return undefined
}
