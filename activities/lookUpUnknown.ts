import { unknownTexts } from '../db/notificationLedger'
import { textsOfUnknownOutcome } from '../db/unfinished'
import type { RouteRef } from '../domain/routeWorkflow'
import { engineClock } from './engineClock'
import { inGroups, withHeartbeats } from './heartbeats'
import { ask, type LookingUpParts, settle } from './lookingUp'
import { wakeRoute } from './startMissingRoutes'

/** How many texts a run asks about; the rest is the next one's. */
const atMost = 200
const atOnce = 10

/**
 * Asks the provider about every text of the company of which nobody knows whether it went out, also when its route has
 * ended or has given up asking. What the provider has is settled, and its route looks at the facts again: an email may be
 * owed instead. What it has not stays as it is; these questions do not count as the route's own.
 */
export async function lookUpUnknown(
  parts: LookingUpParts,
  companyId: string,
): Promise<{ lookedUp: number; settled: number }> {
  const now = engineClock()
  return withHeartbeats(async () => {
    const routeOf = new Map<string, RouteRef>()
    for (const { id, ...ref } of await textsOfUnknownOutcome(parts.db, companyId, atMost)) routeOf.set(id, ref)
    const texts = await unknownTexts(parts.db, [...routeOf.keys()])
    let settled = 0
    await inGroups(texts, atOnce, async (text) => {
      const found = await ask(parts, text)
      if (typeof found === 'string' || !(await settle(parts.db, text, found, now()))) return
      settled += 1
      const ref = routeOf.get(text.id)
      if (ref !== undefined) await wakeRoute(parts.db, ref)
    })
    return { lookedUp: texts.length, settled }
  })
}
