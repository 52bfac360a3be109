import type { Event } from '../../domain/words'
import type { PlannedRecipient, PlannedRoute, PlannedStop } from './plan'

/**
 * What the facts call for. `must`: to be told once. `may`: once at most, since a later fact overtook it. `never`: not at
 * all, and the product has to say why.
 */
export type Call = 'must' | 'may' | 'never'

/** Why somebody need not or must not be told, and the reasons that the product may give for it. */
export const reasonsFor = {
  'they said STOP': ['opted_out', 'superseded'],
  'they said STOP first': ['opted_out'],
  'the provider refuses the number': ['invalid_address', 'superseded'],
  'it was taken back within the delay': ['not_confirmed'],
  'it was taken back too late': ['not_confirmed'],
  'the truck came first': ['superseded'],
  'the truck left first': ['superseded'],
  'the departure came first': ['superseded'],
  'the departure ended the route first': ['superseded'],
  'the truck came before the edits had settled': ['superseded', 'opted_out', 'invalid_address'],
  'it was moved first': ['superseded'],
  'it was cancelled first': ['cancelled'],
  'they were not told of it before': ['superseded', 'cancelled'],
} satisfies Record<string, string[]>
export type Because = keyof typeof reasonsFor

export interface Expected {
  event: Event
  routeId: string
  stopId: string
  contract: string
  recipient: PlannedRecipient
  call: Call
  /** Why not `must`; null if it is. */
  because: Because | null
}

/** What a message says of itself in its first words (settings.ts), and who it went to. */
export function keyOf(event: string, routeId: string, contract: string, address: string): string {
  return `${event} ${routeId} ${contract} ${address}`
}

/** Keeps, by what callers have done alone, who has to be told of what. */
export class Ledger {
  private readonly calls = new Map<string, Expected>()

  get all(): Expected[] {
    return [...this.calls.values()]
  }

  /** Somebody has to be told from now on, or need not be any more. */
  note(
    event: Event,
    { routeId }: PlannedRoute,
    { stopId, contract }: PlannedStop,
    recipient: PlannedRecipient,
    call: Call,
    because: Because | null = null,
  ): void {
    const key = keyOf(event, routeId, contract, recipient.address)
    this.calls.set(key, { event, routeId, stopId, contract, recipient, call, because })
  }

  find(key: string): Expected | undefined {
    return this.calls.get(key)
  }
}
