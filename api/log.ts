import { type DestinationStream, type Logger, pino } from 'pino'
import { loggedError } from '../domain/loggedError'

/** Fields that hold what is somebody's, should they ever be logged by mistake. */
const neverLogged = [
  'address',
  'apiKey',
  'apiToken',
  'authorization',
  'body',
  'cookie',
  'customer',
  'email',
  'from',
  'headers',
  'key',
  'note',
  'phone',
  'rawBody',
  'recipient',
  'secret',
  'signature',
  'text',
  'to',
  'token',
  'webhookSecret',
]

/** The log of an API process: JSON lines in which no name, address, text or key of anybody can stand. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      serializers: { err: (error: unknown) => loggedError(error) },
      redact: { paths: neverLogged.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '***' },
    },
    destination ?? pino.destination(1),
  )
}
