import { isIP } from 'node:net'
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

const encryptionKeys = z
  .string()
  .transform((value) => value.split(',').map((part) => encryptionKey.safeParse(part.trim())))
  .refine(
    (keys) => keys.every(({ success }) => success),
    'must be keys of 32 bytes in base64, with commas between them',
  )
  .transform((keys) => keys.flatMap(({ data }) => data ?? []))

/** 0: no limit. */
const limit = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number; 0 sets no limit')
  .transform(Number)

const noticeSeconds = z
  .string()
  .regex(/^\d{1,2}$/, 'must be a whole number of seconds, 0 to 60')
  .transform(Number)
  .refine((value) => value <= 60, 'must be a whole number of seconds, 0 to 60')

const isProxy = (value: string) => {
  const [address = '', bits = '0', ...rest] = value.split('/')
  const range = { 4: 32, 6: 128 }[isIP(address)] ?? -1
  return rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= range
}
const proxyNames = ['loopback', 'linklocal', 'uniquelocal']

/** As express takes it: how many proxies stand before the API, or which addresses they have. */
const trustProxy = z
  .string()
  .transform((value) => (/^\d{1,2}$/.test(value) ? Number(value) : value.split(',').map((part) => part.trim())))
  .refine(
    (value) => typeof value === 'number' || value.every((part) => proxyNames.includes(part) || isProxy(part)),
    'must be how many proxies stand before the API, such as 1, or their addresses: 10.0.0.0/8, loopback',
  )

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
  PREVIOUS_ENCRYPTION_KEYS: encryptionKeys,
  TRUST_PROXY: trustProxy.default(0),
  RATE_LIMIT_FAILED_AUTHENTICATIONS: limit.default(60),
  RATE_LIMIT_REQUESTS: limit.default(12_000),
  SHUTDOWN_NOTICE_SECONDS: noticeSeconds.default(5),
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
  TEMPORAL_UI_URL: url("the address of Temporal's UI", ['http:', 'https:']).transform((value) =>
    value.replace(/\/+$/, ''),
  ),
  OIDC_ISSUER: z
    .string()
    .refine(
      (value) => URL.canParse(value) && (/^https:/.test(value) || /^http:\/\/localhost[:/]/.test(value)),
      'must be the issuer of an OpenID Connect provider, a URL that starts with https:// (http:// of localhost alone)',
    ),
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: z.string(),
  WORKER_METRICS_PORT: port,
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
} as const

export type VariableName = keyof typeof variables
