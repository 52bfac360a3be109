import type { Operator } from '../../db/operators'
import { putPasswordLink } from '../../db/passwordLinks'
import type { Database } from '../../db/sql'
import type { Instant } from '../../domain/words'
import type { ApiParts } from '../apiParts'
import { hashOf, newToken } from '../auth/keys'

const threeDaysMs = 3 * 24 * 3_600_000

/** A new link for the operator. Its token stands behind `#`: browsers send that to nobody, and no log has it. */
export async function makePasswordLink(
  db: Database,
  { id }: Pick<Operator, 'id'>,
  now: Instant,
  { publicUrl }: Pick<ApiParts['config'], 'publicUrl'>,
) {
  const token = newToken()
  const expiresAt = now + threeDaysMs
  await putPasswordLink(db, id, hashOf(token), expiresAt)
  return { url: `${publicUrl}/set-password#${token}`, expiresAt: new Date(expiresAt).toISOString() }
}
