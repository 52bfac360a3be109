import { createHmac } from 'node:crypto'
import type { Instant } from '../../domain/words'
import { keyOf } from './verifySignature'

/** The headers by which a receiver knows that we sent `body`: Standard Webhooks. `id` stays when a delivery is repeated. */
export function webhookHeaders(secret: string, id: string, body: string, now: Instant): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
