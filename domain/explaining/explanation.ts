import type { Instant } from '../words'

/** What a reader may see of the people who are told. */
export interface Show {
  address(address: string): string
  text(text: string): string
}

/** What there is to say about one moment. */
export interface Explained {
  kind: string
  text: string
  data: Record<string, unknown>
}

/** One thing that happened, or is to happen, in words. */
export interface ExplanationEntry extends Explained {
  at: Instant
}
