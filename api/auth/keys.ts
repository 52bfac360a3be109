import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new key. Its prefix lets scanners for leaked secrets find it. */
export function newKey(): string {
  return `dn_${randomBytes(32).toString('base64url')}`
}

/** The token of a driver's link, told from a key by its prefix. */
export function newDriverToken(): string {
  return `dl_${newToken()}`
}

/** A token of 256 random bits: of a session, or of a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a key or token. No salt or stretching: 256 random bits cannot be guessed, whatever the hash costs. */
export function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

/** Compares hashes, so that the time it takes tells nothing about the keys. */
export function isSameKey(given: string, expected: string): boolean {
  return timingSafeEqual(hashOf(given), hashOf(expected))
}
