import type { ConfiguredChannels } from './decideNotification'
import type { RouteFacts } from './facts'
import { type ForecastEntry, forecastRoute } from './forecastRoute'
import type { Settings } from './settings'
import type { Instant } from './words'

/** The ones that a dispatcher has to see first come first. */
export const effectKinds = ['suppressed', 'moved', 'going', 'reworded'] as const
/**
 * What other settings do to one message that has not been sent: `suppressed` it would have gone and will not, `moved` it goes
 * at another time, `going` it would not have gone and will, `reworded` it goes as planned and says something else.
 */
export type EffectKind = (typeof effectKinds)[number]

export interface EffectOnMessage
  extends Pick<ForecastEntry, 'stopId' | 'event' | 'channel' | 'recipient' | 'internal' | 'reason'> {
  kind: EffectKind
  routeId: string
  /** When it would go as the settings are, and as they would be; null: not at all, or nobody knows when. */
  from: Instant | null
  to: Instant | null
}

/**
 * What `settings` would change for the messages of a live route that are not sent yet, if they applied from `now` on (the
 * engine's clock): its forecast by them, compared with its forecast by those that apply. Rule: "Settings of a company".
 */
export function settingsEffect(
  facts: RouteFacts,
  settings: Settings,
  now: Instant,
  configured: ConfiguredChannels,
): EffectOnMessage[] {
  const before = byMessage(forecastRoute(facts, now, configured).notifications)
  const after = byMessage(forecastRoute({ ...facts, settings }, now, configured).notifications)
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, willBe] = [before.get(key), after.get(key)]
    const message = willBe ?? was
    const [from, to] = [momentOf(was, now), momentOf(willBe, now)]
    const kind = effectOn(was, willBe, from !== to)
    if (message === undefined || kind === null) return []
    const { stopId, event, channel, recipient, internal, reason } = message
    return [{ kind, routeId: facts.route.routeId, stopId, event, channel, recipient, internal, reason, from, to }]
  })
}

function effectOn(
  was: ForecastEntry | undefined,
  willBe: ForecastEntry | undefined,
  moves: boolean,
): EffectKind | null {
  if (!goes(was)) return goes(willBe) ? 'going' : null
  if (!goes(willBe)) return 'suppressed'
  if (moves) return 'moved'
  return was.text === willBe.text && was.subject === willBe.subject ? null : 'reworded'
}

function goes(entry: ForecastEntry | undefined): entry is ForecastEntry {
  return entry !== undefined && entry.action !== 'suppress'
}

/** What is overdue goes now. */
function momentOf(entry: ForecastEntry | undefined, now: Instant): Instant | null {
  return goes(entry) && entry.sendAt !== null ? Math.max(entry.sendAt, now) : null
}

/** A recipient may be told of an event of a stop twice; then the first is compared with the first. */
function byMessage(entries: ForecastEntry[]): Map<string, ForecastEntry> {
  const found = new Map<string, ForecastEntry>()
  for (const entry of entries) {
    const message = [entry.stopId, entry.event, entry.channel, entry.recipient, entry.internal]
    let time = 1
    while (found.has(JSON.stringify([...message, time]))) time += 1
    found.set(JSON.stringify([...message, time]), entry)
  }
  return found
}
