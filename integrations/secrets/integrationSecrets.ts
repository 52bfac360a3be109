import type { DeviceVendor } from '../../domain/words'
import { type SealingKeys, seal, unseal } from './seal'

/** Where a secret of an integration is kept. */
export interface SecretPlace {
  companyId: string
  vendor: DeviceVendor
  field: 'webhookSecret' | 'apiToken'
}

const nameOf = ({ companyId, vendor, field }: SecretPlace) => `integrations/${companyId}/${vendor}/${field}`

/** Encrypts a secret for its place in the database; it opens nowhere else. */
export function sealSecret(secret: string, keys: SealingKeys, place: SecretPlace): Buffer {
  return seal(secret, keys, nameOf(place))
}

/** Decrypts a secret that was stored at `place`. */
export function openSecret(sealed: Buffer, keys: SealingKeys, place: SecretPlace): string {
  return unseal(sealed, keys, nameOf(place))
}
