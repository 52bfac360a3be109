import { recordAudit } from '../../db/audit'
import { liveRoutesOfCompany } from '../../db/routes'
import { currentSettings, saveSettings } from '../../db/settingsVersions'
import type { Actor, AuditAction } from '../../domain/audit'
import type { Settings } from '../../domain/settings'
import type { ApiParts } from '../apiParts'
import { nudgeRoutes } from '../outbox/nudgeRoutes'
import { expectedVersion, staleVersion } from './etag'

interface Change {
  by: Actor
  action: Extract<AuditAction, `settings.${string}`>
  ifMatch: string | undefined
}

/**
 * Makes the document the company's next version, if `If-Match` allows it. Live routes look at their plans again: a new
 * version takes effect for whatever has not been sent yet.
 */
export async function saveVersion(
  { db, forwarder }: ApiParts,
  companyId: string,
  settings: Settings,
  { by, action, ifMatch }: Change,
): Promise<number> {
  const { version, nudges } = await db.transaction(async (trx) => {
    const expected = expectedVersion(ifMatch, (await currentSettings(trx, companyId)).version)
    const outcome = await saveSettings(trx, companyId, settings, { changedBy: by.name, expectedVersion: expected })
    if (!outcome.saved) throw staleVersion(ifMatch, outcome.version)
    const changes = [{ path: 'version', from: outcome.version - 1, to: outcome.version }]
    if (outcome.changed) await recordAudit(trx, { companyId, by, action, subject: companyId, changes })
    const concerned = outcome.changed ? await liveRoutesOfCompany(trx, companyId) : []
    return { version: outcome.version, nudges: await nudgeRoutes(trx, concerned) }
  })
  await forwarder.forward(nudges)
  return version
}
