import type { VariableReader } from './readVariables'

/** How to reach Twilio, and who the texts come from. */
export interface TwilioConfig {
  accountSid: string
  authToken: string
  sender: { from: string } | { messagingServiceSid: string }
  /** Null: Twilio itself. */
  apiUrl: string | null
}

export interface SmtpConfig {
  url: string
  from: string
}

/** Twilio's variables are complete or absent: half a configuration would fail at the first message, days later. */
export function readTwilio(reader: VariableReader): TwilioConfig | null {
  const accountSid = reader.optional('TWILIO_ACCOUNT_SID')
  const authToken = reader.optional('TWILIO_AUTH_TOKEN')
  const from = reader.optional('TWILIO_FROM')
  const messagingServiceSid = reader.optional('TWILIO_MESSAGING_SERVICE_SID')
  const apiUrl = reader.optional('TWILIO_API_URL') ?? null

  const given = (
    ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'TWILIO_MESSAGING_SERVICE_SID'] as const
  ).filter((name) => reader.isSet(name))
  if (given.length === 0) return null

  for (const name of ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'] as const)
    if (!reader.isSet(name)) reader.problem(name, `is missing, although ${given.join(' and ')} is set; set all or none`)
  const senders = given.filter((name) => name === 'TWILIO_FROM' || name === 'TWILIO_MESSAGING_SERVICE_SID')
  if (senders.length === 0)
    reader.problem(
      'TWILIO_FROM',
      `is missing, although ${given.join(' and ')} is set; set it or TWILIO_MESSAGING_SERVICE_SID`,
    )
  if (senders.length === 2)
    reader.problem(
      'TWILIO_FROM',
      'is set together with TWILIO_MESSAGING_SERVICE_SID; the sender is one or the other, unset one',
    )

  const sender = messagingServiceSid === undefined ? { from: from ?? '' } : { messagingServiceSid }
  return { accountSid: accountSid ?? '', authToken: authToken ?? '', sender, apiUrl }
}

/** As for Twilio: both or none. */
export function readSmtp(reader: VariableReader): SmtpConfig | null {
  const url = reader.optional('SMTP_URL')
  const from = reader.optional('MAIL_FROM')
  if (!reader.isSet('SMTP_URL') && !reader.isSet('MAIL_FROM')) return null
  if (!reader.isSet('SMTP_URL')) reader.problem('SMTP_URL', 'is missing, although MAIL_FROM is set; set both or none')
  if (!reader.isSet('MAIL_FROM')) reader.problem('MAIL_FROM', 'is missing, although SMTP_URL is set; set both or none')
  return { url: url ?? '', from: from ?? '' }
}
