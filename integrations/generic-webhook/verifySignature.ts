import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../domain/words'

/** The headers of Standard Webhooks, as they came. */
export interface SignatureHeaders {
  id: string | undefined
  timestamp: string | undefined
  signature: string | undefined
}

/** How far a sender's clock, or a delivery, may be off: 300 s, as Standard Webhooks suggests. */
const toleranceSeconds = 300

/**
 * Whether a request is signed by Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, with a timestamp near `now`,
 * so that a recorded request cannot be played again later. `secret` is base64, with or without `whsec_`.
 */
export function isStandardWebhook(secret: string, headers: SignatureHeaders, body: Buffer, now: Instant): boolean {
  const { id, timestamp, signature } = headers
  if (id === undefined || timestamp === undefined || signature === undefined) return false
  if (!/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds) return false
  const expected = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest()
  // Several signatures may come while a secret is being replaced; versions other than v1 are not ours to judge.
  return signature.split(' ').some((part) => {
    const [version, value] = part.split(',', 2)
    if (version !== 'v1' || value === undefined) return false
    const given = Buffer.from(value, 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

/** The bytes of a secret in base64, with or without its prefix. */
export function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
}
