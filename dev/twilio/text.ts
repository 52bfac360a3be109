import { randomBytes } from 'node:crypto'
import { SegmentedMessage } from 'sms-segments-calculator'
import { type MessageForm, parameter } from './validation'

/** https://www.twilio.com/docs/messaging/api/message-resource#message-status-values */
export type TextStatus = 'accepted' | 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed'

/** A text that the stand-in took. */
export interface ReceivedText {
  sid: string
  accountSid: string
  to: string
  /** Null until a Messaging Service has chosen a sender. */
  from: string | null
  messagingServiceSid: string | null
  /** Empty after redaction. */
  body: string
  segments: number
  status: TextStatus
  errorCode: number | null
  statusCallback: string | null
  /** Milliseconds since 1970, the stand-in's own clock. */
  createdAt: number
  sentAt: number | null
  updatedAt: number
  /** The status callbacks that were delivered, and what the receiver answered: an HTTP status or why it could not be reached. */
  callbacks: { status: TextStatus; answer: number | string }[]
}

export function newText(accountSid: string, form: MessageForm): ReceivedText {
  const body = parameter(form, 'Body')
  const messagingServiceSid = parameter(form, 'MessagingServiceSid') || null
  return {
    sid: `SM${randomBytes(16).toString('hex')}`,
    accountSid,
    to: parameter(form, 'To'),
    from: parameter(form, 'From') || null,
    messagingServiceSid,
    body,
    segments: new SegmentedMessage(body).segmentsCount,
    status: messagingServiceSid ? 'accepted' : 'queued',
    errorCode: null,
    statusCallback: parameter(form, 'StatusCallback') || null,
    createdAt: Date.now(),
    sentAt: null,
    updatedAt: Date.now(),
    callbacks: [],
  }
}

/** RFC 2822, as Twilio's 2010 API writes times: `Tue, 25 Nov 2026 14:00:00 +0000`. */
function rfc2822(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000')
}

/** The Message resource in JSON: https://www.twilio.com/docs/messaging/api/message-resource#message-properties */
export function messageResource(text: ReceivedText) {
  const uri = `/2010-04-01/Accounts/${text.accountSid}/Messages/${text.sid}`
  return {
    account_sid: text.accountSid,
    api_version: '2010-04-01',
    body: text.body,
    date_created: rfc2822(text.createdAt),
    date_sent: text.sentAt === null ? null : rfc2822(text.sentAt),
    date_updated: rfc2822(text.updatedAt),
    direction: 'outbound-api',
    error_code: text.errorCode,
    error_message: null,
    from: text.from,
    messaging_service_sid: text.messagingServiceSid,
    num_media: '0',
    num_segments: String(text.segments),
    price: null,
    price_unit: 'USD',
    sid: text.sid,
    status: text.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: text.to,
    uri: `${uri}.json`,
  }
}
