import { z } from 'zod'

/** Values are never repeated in a message: some are secrets, and the text ends up in logs. */
const url = (what: string, protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be ${what}, a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    )

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number, 0 to 65535')

const phoneOrSender = z
  .string()
  .regex(
    /^(\+[1-9]\d{6,14}|\d{3,8}|[A-Za-z0-9 ]{1,11})$/,
    'must be a sender: a number in E.164 such as +15551234567, a short code, or a name of up to 11 letters',
  )

/** `name@example.com` or `Name <name@example.com>`. */
const mailFrom = z
  .string()
  .regex(
    /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    'must be an address such as "Acme Rentals <dispatch@example.com>"',
  )

const encryptionKey = z
  .base64('must be 32 bytes in base64; make one with: openssl rand -base64 32')
  .transform((value) => Buffer.from(value, 'base64'))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64; make one with: openssl rand -base64 32')

/** What each variable of the environment may hold. docs/configuration.md describes the same names; a test compares. */
export const variables = {
  DATABASE_URL: url('the address of a PostgreSQL database', ['postgres:', 'postgresql:']),
  PORT: port.default(3000),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: url("the API's address as seen from outside", ['http:', 'https:'])
    .refine((value) => !/[?#]/.test(value), 'must not have a query or a fragment')
    .transform((value) => value.replace(/\/+$/, '')),
  ADMIN_API_KEY: z
    .string()
    .regex(
      /^[\x21-\x7e]{32,500}$/,
      'must have 32 to 500 visible ASCII characters; make one with: openssl rand -hex 32',
    ),
  ENCRYPTION_KEY: encryptionKey,
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[A-Za-z0-9]{32}$/, 'must be "AC" and 32 letters or digits, as in the Twilio console'),
  TWILIO_AUTH_TOKEN: z.string(),
  TWILIO_FROM: phoneOrSender,
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[A-Za-z0-9]{32}$/, 'must be "MG" and 32 letters or digits, as in the Twilio console'),
  TWILIO_API_URL: url('the address of an API that speaks like Twilio', ['http:', 'https:']).transform((value) =>
    value.replace(/\/+$/, ''),
  ),
  SMTP_URL: url('the address of a mail server', ['smtp:', 'smtps:']),
  MAIL_FROM: mailFrom,
  WORKER_METRICS_PORT: port,
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
} as const

export type VariableName = keyof typeof variables
