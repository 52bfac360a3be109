import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** What seals, the first; and, after it, those by which earlier secrets may still be opened. Each has 32 bytes. */
export type SealingKeys = readonly Buffer[]

const nonceBytes = 12
const tagBytes = 16
/** Begins whatever says with which key it was sealed. What is older says nothing, and is tried with each. */
const mark = Buffer.from('DNS1')
const keyIdBytes = 4

/** By which a key is known, and from which nobody finds it. */
function idOf(key: Buffer): Buffer {
  return createHash('sha256').update('key id').update(key).digest().subarray(0, keyIdBytes)
}

/**
 * Encrypts a secret with AES-256-GCM by the first of the keys: mark, id of the key, nonce, ciphertext, tag. `place` names
 * where it is kept; a sealed secret that is copied to another place does not open there.
 */
export function seal(secret: string, [key = Buffer.alloc(0)]: SealingKeys, place: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  return Buffer.concat([mark, idOf(key), nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made; throws when it was sealed by none of the keys, for another place, or a single bit is another. */
export function unseal(sealed: Buffer, keys: SealingKeys, place: string): string {
  const marked = keyOf(sealed, keys)
  if (marked !== undefined) return decrypt(sealed.subarray(mark.length + keyIdBytes), marked, place)
  for (const key of keys) {
    try {
      return decrypt(sealed, key, place)
    } catch {
      // Sealed by another one, then.
    }
  }
  throw new Error(
    `The secret at ${place} was sealed by none of the keys that this process has. Add the key to PREVIOUS_ENCRYPTION_KEYS, or store the secret again.`,
  )
}

/** Whether the first of the keys has sealed it, and it says so. */
export function isSealedByFirst(sealed: Buffer, keys: SealingKeys): boolean {
  return keyOf(sealed, keys) === keys[0]
}

function keyOf(sealed: Buffer, keys: SealingKeys): Buffer | undefined {
  if (!sealed.subarray(0, mark.length).equals(mark)) return undefined
  const id = sealed.subarray(mark.length, mark.length + keyIdBytes)
  return keys.find((key) => idOf(key).equals(id))
}

function decrypt(sealed: Buffer, key: Buffer, place: string): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(Math.max(0, sealed.length - tagBytes)))
  const ciphertext = sealed.subarray(nonceBytes, Math.max(nonceBytes, sealed.length - tagBytes))
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
}
