import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../domain/words'

/** Samsara's headers `X-Samsara-Timestamp` and `X-Samsara-Signature`, as they came. */
export interface SamsaraHeaders {
  timestamp: string | undefined
  signature: string | undefined
}

/** How far Samsara's clock, or a delivery, may be off: Samsara names no limit, and 300 s is what others use. */
const toleranceMs = 300_000

/**
 * Whether Samsara signed a request with `secret` (base64, as Samsara shows it): HMAC-SHA256 over `v1:timestamp:body`,
 * with a timestamp near `now`, so that a recorded request cannot be played again later.
 */
export function isSignedBySamsara(secret: string, headers: SamsaraHeaders, body: Buffer, now: Instant): boolean {
  const { timestamp, signature } = headers
  if (timestamp === undefined || signature === undefined) return false
  const sentAt = instantOf(timestamp)
  if (sentAt === null || Math.abs(now - sentAt) > toleranceMs) return false
  const hex = /^v1=([0-9a-f]{64})$/i.exec(signature)?.[1]
  if (hex === undefined) return false
  // Over the timestamp as it was written, whichever way that was.
  const expected = createHmac('sha256', Buffer.from(secret, 'base64')).update(`v1:${timestamp}:`).update(body).digest()
  return timingSafeEqual(Buffer.from(hex, 'hex'), expected)
}

/** Samsara writes Unix seconds; simulators and proxies of it also write milliseconds or RFC 3339. */
function instantOf(timestamp: string): Instant | null {
  if (/^\d{1,11}$/.test(timestamp)) return Number(timestamp) * 1000
  if (/^\d{13}$/.test(timestamp)) return Number(timestamp)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(timestamp)) return null
  const instant = Date.parse(timestamp)
  return Number.isNaN(instant) ? null : instant
}
