import type { HandOffReceiver } from '../domain/handOffReceiver'
import type { DeviceVendor } from '../domain/words'
import { webhookReceiver } from './generic-webhook/webhookReceiver'
import { samsaraReceiver } from './samsara/samsaraReceiver'
import { openSecret, type SecretPlace } from './secrets/integrationSecrets'
import type { SealingKeys } from './secrets/seal'

/** A company's account with a vendor as it is stored, secrets encrypted. */
export interface StoredAccount {
  vendor: DeviceVendor
  webhookSecret: Buffer | null
  apiToken: Buffer | null
  apiUrl: string | null
  handOffUrl: string | null
}

/** How the vendor of a company's account is told of routes; null when it cannot be. `keys` open the account's secrets. */
export function receiverOf(
  companyId: string,
  { vendor, webhookSecret, apiToken, apiUrl, handOffUrl }: StoredAccount,
  keys: SealingKeys,
  answerMs?: number,
): HandOffReceiver | null {
  const patience = answerMs === undefined ? {} : { answerMs }
  const open = (sealed: Buffer, field: SecretPlace['field']) => openSecret(sealed, keys, { companyId, vendor, field })
  if (vendor === 'samsara' && apiToken !== null)
    return samsaraReceiver({ apiToken: open(apiToken, 'apiToken'), apiUrl, ...patience })
  if (vendor === 'generic' && handOffUrl !== null && webhookSecret !== null)
    return webhookReceiver({ handOffUrl, webhookSecret: open(webhookSecret, 'webhookSecret'), ...patience })
  return null
}
