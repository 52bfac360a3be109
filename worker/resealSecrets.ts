import { listSealed, replaceSealed, type SealedAccount } from '../db/integrations'
import type { Database } from '../db/sql'
import { openSecret, type SecretPlace, sealSecret } from '../integrations/secrets/integrationSecrets'
import { isSealedByFirst, type SealingKeys } from '../integrations/secrets/seal'

/**
 * Seals the secrets of integrations by the first key that an earlier one has sealed, while the product runs. One that
 * somebody stores anew at the same moment stays as they stored it. Throws at a secret that none of the keys opens.
 * @returns of how many integrations it was done
 */
export async function resealSecrets(db: Database, keys: SealingKeys): Promise<number> {
  let resealed = 0
  for (const account of await listSealed(db)) {
    const { companyId, vendor } = account
    const again = (field: SecretPlace['field']) => {
      const sealed = account[field]
      if (sealed === null || isSealedByFirst(sealed, keys)) return sealed
      const place = { companyId, vendor, field }
      return sealSecret(openSecret(sealed, keys, place), keys, place)
    }
    const next: SealedAccount = { ...account, webhookSecret: again('webhookSecret'), apiToken: again('apiToken') }
    const isNew = next.webhookSecret !== account.webhookSecret || next.apiToken !== account.apiToken
    if (isNew && (await replaceSealed(db, account, next))) resealed += 1
  }
  return resealed
}
