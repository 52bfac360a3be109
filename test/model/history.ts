import type { Settings } from '../../domain/settings'
import type { Channel, DeliveryNotification, Event, StopKind } from '../../domain/words'
import type { Window } from './rules'

/** What the model and the engine are both given: a company, a plan, and everything that happens to it. */

export interface PlanStop {
  stopId: string
  kind: StopKind
  scheduledAt: number
  timeZone: string | null
  contracts: string[]
}

export type ReportKind = 'arrived' | 'departed' | 'skipped' | 'enter' | 'exit'

export type Deed =
  | { do: 'confirm' | 'unconfirm' | 'cancel' }
  /** The whole plan as the dispatcher now has it: stops moved, added, removed, brought back, reordered, given other contracts. */
  | { do: 'plan'; stops: PlanStop[] }
  | { do: 'contract'; number: string; rows: DeliveryNotification[] }
  | { do: 'settings'; settings: Settings }
  | { do: 'consent'; channel: Channel; address: string; out: boolean }
  | { do: 'report'; stopId: string; kind: ReportKind; occurredAt: number; accuracyMeters: number | null }

/** Things that happen at one moment, in this order, before the engine looks. */
export interface Group {
  at: number
  deeds: Deed[]
}

export type Refusal = 'invalid_address' | 'opted_out'

export interface Scenario {
  seed: number
  serviceDate: string
  settings: Settings
  contracts: Map<string, DeliveryNotification[]>
  stops: PlanStop[]
  groups: Group[]
  /** Numbers that the provider refuses for good, and why. */
  refused: Map<string, Refusal>
  /** By then everything is over. */
  end: number
}

/** What became of one notification: what a prediction consists of. */
export interface Outcome {
  stopId: string | null
  event: Event
  channel: Channel
  address: string
  revision: number
  /** `sent`, `failed …` or the reason of the non-send. */
  result: string
  /** When it was sent. */
  at: number | null
  window: Window | null
  text: string | null
}

const whole = (at: number) => new Date(Math.floor(at / 60_000) * 60_000).toISOString().slice(5, 16)

/** One line a notification, in an order of its own: two lists of them are the same or can be read side by side. */
export function linesOf(outcomes: Outcome[]): string[] {
  return outcomes
    .map(({ stopId, event, channel, address, revision, result, at, window, text }) => {
      const spoken = window === null ? '' : ` [${whole(window.start)} ${whole(window.end)}]`
      const when = at === null ? '' : ` at ${whole(at)}${spoken} "${text ?? ''}"`
      return `${stopId ?? 'route'} ${event} ${channel} ${address} #${revision}: ${result}${when}`
    })
    .sort()
}

/** What is in one list and not in the other, at most 40 lines. */
export function difference(predicted: string[], actual: string[]): string[] {
  const missing = without(predicted, actual).map((line) => `- model:  ${line}`)
  const surplus = without(actual, predicted).map((line) => `+ engine: ${line}`)
  return [...missing, ...surplus].sort((a, b) => (a.slice(10) < b.slice(10) ? -1 : 1)).slice(0, 40)
}

function without(lines: string[], others: string[]): string[] {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}
