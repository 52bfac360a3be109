import type { HandOffAction, HandOffRecord, RouteFacts } from './facts'
import { type Device, fingerprintOf, type HandOffDocument, handOffDocument, whyNoHandOff } from './handOffDocument'
import { handOffMoment } from './handOffMoment'
import { isLive, openAfterWindowMs, settlesAt, windowOf } from './routeState'
import type { Instant } from './words'

/** What the vendor of a device is to be told of a route, and when; `at` may have passed. */
export type HandOffDecision =
  | { action: 'none' }
  | { action: Exclude<HandOffAction, 'withdraw'>; at: Instant; says: string; document: HandOffDocument }
  /** Forget it. */
  | { action: 'withdraw'; at: Instant; says: string; document: null }

/** Something to be told to the vendor of a device. `stored` is what it was told before; null before the first time. */
export type HandOffStep = Exclude<HandOffDecision, { action: 'none' }> & {
  device: Device
  stored: HandOffRecord | null
}

const none: HandOffDecision = { action: 'none' }

/** In the place of a fingerprint. */
const withdrawn = 'withdrawn'

/** After a call without an answer the vendor may still be making the route: it is not asked to forget it before. */
const vendorDecidesWithinMs = 30_000

/**
 * Decides what the vendor of one device is to be told of the route ("Hand-off to telematics"): the route when it is due, what
 * has changed when edits have settled, that it is off when the route is taken back or the truck has another device. A call
 * that did not succeed is repeated as long as there is reason to.
 */
export function handOffDecision(
  facts: RouteFacts,
  device: Device,
  stored: HandOffRecord | null,
  now: Instant,
): HandOffDecision {
  // What is over stays at the vendor as it was. Without its integration it cannot be told anything.
  if (facts.route.status === 'completed' || !facts.handsOffTo.includes(device.vendor)) return none
  const document = isDriven(facts, device) ? handOffDocument(facts, device.deviceId) : null
  if (document === null) return toWithdraw(facts, stored, now)
  // A route that the vendor cannot hold any more (one stop is left, say) stays there as it was: arrivals come from there.
  return whyNoHandOff(facts) === null ? toTell(facts, document, stored, now) : none
}

/** Whether the route runs, on the truck of that device. */
function isDriven(facts: RouteFacts, device: Device): boolean {
  const its = facts.route.truck?.device ?? null
  return isLive(facts) && its !== null && isSame(its, device)
}

function isSame(one: Device, other: Device): boolean {
  return one.vendor === other.vendor && one.deviceId === other.deviceId
}

function toTell(
  facts: RouteFacts,
  document: HandOffDocument,
  stored: HandOffRecord | null,
  now: Instant,
): HandOffDecision {
  const says = fingerprintOf(document)
  if (stored?.sent === says) return none
  const isUpdate = stored?.wasTaken === true
  const ready = isUpdate ? now : handOffMoment(facts)
  if (ready === null) return none
  const at = notBeforeRetry(Math.max(ready, settlesAt(facts, now) ?? ready), stored, says)
  return { action: isUpdate ? 'update' : 'hand_over', at, says, document }
}

function toWithdraw(facts: RouteFacts, stored: HandOffRecord | null, now: Instant): HandOffDecision {
  if (!stored?.mayBeThere || givesUpAt(facts) <= now) return none
  const settled = isLive(facts) ? (settlesAt(facts, now) ?? now) : now
  const decided = stored.wasTaken ? now : (stored.lastAttempt?.at ?? now) + vendorDecidesWithinMs
  const at = notBeforeRetry(Math.max(settled, decided), stored, withdrawn)
  return { action: 'withdraw', at, says: withdrawn, document: null }
}

/** Nobody drives a route 12 hours after its last window, so whatever the vendor still has is of no harm then. */
function givesUpAt(facts: RouteFacts): Instant {
  const ends = facts.stops.map((stop) => windowOf(facts, stop).end)
  return Math.max(facts.route.confirmedAt ?? 0, ...ends) + openAfterWindowMs
}

/** What was refused is repeated at its time, unless there is something else to say by now. */
function notBeforeRetry(at: Instant, stored: HandOffRecord | null, says: string): Instant {
  if (stored === null || stored.retryAt === null) return at
  const isAnotherTry = stored.lastAttempt?.outcome === 'refused' && stored.tried !== says
  return isAnotherTry ? at : Math.max(at, stored.retryAt)
}

/** Everything that vendors are to be told of the route: withdrawals first, then by moment. */
export function handOffSteps(facts: RouteFacts, now: Instant): HandOffStep[] {
  const device = facts.route.truck?.device ?? null
  const known = facts.handOffs.map((stored) => ({ device: deviceOf(stored), stored }))
  const isKnown = device === null || known.some((each) => isSame(each.device, device))
  const all = isKnown ? known : [...known, { device, stored: null }]
  const steps = all.flatMap((each) => {
    const decision = handOffDecision(facts, each.device, each.stored, now)
    return decision.action === 'none' ? [] : [{ ...decision, ...each }]
  })
  return steps.sort((a, b) => Number(b.action === 'withdraw') - Number(a.action === 'withdraw') || a.at - b.at)
}

function deviceOf({ vendor, deviceId }: HandOffRecord): Device {
  return { vendor, deviceId }
}
