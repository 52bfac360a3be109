import type { LogEntry } from '@temporalio/worker'
import { loggedError } from '../domain/loggedError'

/** What Temporal's worker says, as a JSON line in which no name, address or text of anybody can stand. */
export function logLine({ level, message, meta, timestampNanos }: LogEntry): string {
  const line = { level, time: Number(timestampNanos / 1_000_000n), msg: message, ...meta }
  return JSON.stringify(line, (_key, value) => {
    if (typeof value === 'bigint') return String(value)
    return value instanceof Error ? loggedError(value) : value
  })
}
