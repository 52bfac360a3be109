import { readSmtp, readTwilio, type SmtpConfig, type TwilioConfig } from './channelsConfig'
import type { VariableReader } from './readVariables'
import { readTemporal, type TemporalConfig } from './temporalConfig'

/** What the API and the worker both need. */
export interface SharedConfig {
  databaseUrl: string
  temporal: TemporalConfig
  /** The API's address as seen from outside, without a slash at its end: in signatures, callbacks and links. */
  publicUrl: string
  /** The first seals the secrets of integrations at rest; the others open what was sealed before it. */
  encryptionKeys: Buffer[]
  /** Null: text messages end as `suppressed: channel_not_configured`. */
  twilio: TwilioConfig | null
  /** Null: emails end as `suppressed: channel_not_configured`. */
  smtp: SmtpConfig | null
  logLevel: string
}

/** Reads the shared part; what is missing is among the reader's problems and empty in the answer. */
export function readShared(reader: VariableReader, environment: Parameters<typeof readTemporal>[1]): SharedConfig {
  const twilio = readTwilio(reader)
  const port = reader.optional('PORT') ?? 3000
  const smtp = readSmtp(reader)
  const publicUrl =
    twilio !== null
      ? reader.required('PUBLIC_URL', ', although Twilio is configured, which calls it and signs it')
      : smtp !== null
        ? reader.required('PUBLIC_URL', ', although SMTP is configured, and every email links to it to unsubscribe')
        : reader.optional('PUBLIC_URL')
  return {
    databaseUrl: reader.required('DATABASE_URL') ?? '',
    temporal: readTemporal(reader, environment),
    publicUrl: publicUrl ?? `http://localhost:${port}`,
    encryptionKeys: [
      reader.required('ENCRYPTION_KEY') ?? Buffer.alloc(0),
      ...(reader.optional('PREVIOUS_ENCRYPTION_KEYS') ?? []),
    ],
    twilio,
    smtp,
    logLevel: reader.optional('LOG_LEVEL') ?? 'info',
  }
}
