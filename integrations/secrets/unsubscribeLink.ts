import { hkdfSync } from 'node:crypto'
import { type SealingKeys, seal, unseal } from './seal'

/** Whom an unsubscribe link is for, and whose emails it ends. */
export interface Unsubscriber {
  companyId: string
  /** An email address, as it is stored on contracts. */
  address: string
}

const place = 'unsubscribe'

/** Keys of their own, so that however many links are made, they use up nothing of those that seal secrets. */
function linkKeys(encryptionKeys: SealingKeys): SealingKeys {
  return encryptionKeys.map((key) => Buffer.from(hkdfSync('sha256', key, '', 'unsubscribe links', 32)))
}

/**
 * The link of one recipient (RFC 8058): it works without a key and for ever, also when the notification that carried it
 * has been erased. Encrypted rather than signed, so that nobody reads an address in it; nobody can make one either.
 * `publicUrl` is the API's address as seen from outside.
 */
export function unsubscribeLink(
  publicUrl: string,
  encryptionKeys: SealingKeys,
  { companyId, address }: Unsubscriber,
): string {
  const sealed = seal(JSON.stringify([companyId, address]), linkKeys(encryptionKeys), place)
  return `${publicUrl}/u/${sealed.toString('base64url')}`
}

/** Whom the token of a link is for; null for one that we have not made, or made with a key that is forgotten. */
export function readUnsubscribeToken(token: string, encryptionKeys: SealingKeys): Unsubscriber | null {
  const sealed = Buffer.from(token, 'base64url')
  // Characters that base64url does not know would be passed over.
  if (sealed.toString('base64url') !== token) return null
  try {
    const [companyId, address] = JSON.parse(unseal(sealed, linkKeys(encryptionKeys), place)) as [string, string]
    return { companyId, address }
  } catch {
    return null
  }
}
