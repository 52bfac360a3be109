import type { HandOffRecord, HandOffState, RouteFacts } from './facts'
import { type HandOffStep, handOffSteps } from './handOff'
import { whyNoHandOff } from './handOffDocument'
import { isLive } from './routeState'
import type { Instant } from './words'

/** How a route stands with the vendor of its truck's device, for the people who ask. */
export interface HandOffStatus {
  /** `none`: no vendor is told of it. */
  state: HandOffState | 'none'
  /** A sentence. */
  text: string
  /** When a vendor is told next, if nothing changes; it may be now. */
  dueAt: Instant | null
}

/** What is to be said of a route's hand-off. `wasWithdrawn`: some vendor has been told to forget it. */
export function handOffStatus(facts: RouteFacts, wasWithdrawn: boolean, now: Instant): HandOffStatus {
  const steps = handOffSteps(facts, now)
  const step = steps.find(({ stored }) => stored?.retryAt != null) ?? steps[0]
  if (step !== undefined) return underWay(step)

  const [stored] = facts.handOffs.toReversed()
  const problem = isLive(facts) ? whyNoHandOff(facts) : null
  if (stored?.wasTaken && problem !== null)
    return { state: 'failed', text: `${problem} ${capital(stored.vendor)} has it as it was before.`, dueAt: null }
  if (stored !== undefined && stored.sent !== null)
    return { state: 'handed_over', text: `${capital(stored.vendor)} has the route.`, dueAt: null }
  if (stored !== undefined) return { state: 'failed', text: givenUp(stored), dueAt: null }
  if (wasWithdrawn && !isLive(facts))
    return { state: 'withdrawn', text: 'The vendor was told to forget the route.', dueAt: null }
  return { state: 'none', text: problem ?? 'The route is not confirmed, so no vendor is told of it.', dueAt: null }
}

const doing = {
  hand_over: 'is to be told of the route',
  update: 'is to be told what has changed',
  withdraw: 'is to be told to forget the route',
}

function underWay({ action, at, device, stored }: HandOffStep): HandOffStatus {
  const what = `${capital(device.vendor)} ${doing[action]}`
  if (stored === null || stored.retryAt === null) return { state: 'due', text: `${what}.`, dueAt: at }
  return { state: 'failed', text: `${what}; the latest call did not succeed, and is repeated.`, dueAt: at }
}

function givenUp({ vendor }: HandOffRecord): string {
  return `The latest call to ${vendor} did not succeed, and there is no reason to repeat it any more.`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
