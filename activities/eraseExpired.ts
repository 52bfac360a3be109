import { cancellationSignal } from '@temporalio/activity'
import type { Knex } from 'knex'
import { eraseRoutes } from '../db/eraseRoutes'
import { currentSettings } from '../db/settingsVersions'
import { addDays, dateOf } from '../domain/schedule/zonedTime'
import { engineClock } from './engineClock'
import { withHeartbeats } from './heartbeats'

/** So few at once that the engine, or anybody, hardly waits for it. */
const atOnce = 20

/** How many routes a run erases; the rest is the next one's. */
const atMost = 2_000

/**
 * Erases the personal data of the company's routes that are further back than its setting `retentionDays`, counted in the
 * company's zone. Without the setting everything is kept.
 */
export async function eraseExpired(db: Knex, companyId: string): Promise<{ routesErased: number }> {
  const now = engineClock()
  const { settings } = await currentSettings(db, companyId)
  if (settings.retentionDays === null) return { routesErased: 0 }
  const before = addDays(dateOf(now(), settings.timeZone), -settings.retentionDays)
  return withHeartbeats(async () => {
    let routesErased = 0
    let erased = atOnce
    while (erased === atOnce && routesErased < atMost && !cancellationSignal().aborted) {
      erased = await eraseRoutes(db, companyId, before, atOnce)
      routesErased += erased
    }
    return { routesErased }
  })
}
