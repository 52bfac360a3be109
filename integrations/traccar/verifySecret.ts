import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether a request carries `secret` as `Authorization: Bearer <secret>`. Traccar signs nothing: it sends the header of
 * `event.forward.header` as it is configured. Compared by hashes, so that neither its text nor its length leaks by time.
 */
export function carriesSecret(secret: string, authorization: string | undefined): boolean {
  const given = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1]
  if (given === undefined) return false
  // Node reads the bytes of a header as latin1.
  return timingSafeEqual(hashOf(Buffer.from(given, 'latin1')), hashOf(Buffer.from(secret, 'utf8')))
}

function hashOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
