import type { HandOffAction } from './facts'
import type { HandOffDocument } from './handOffDocument'

/** What became of a call about a route to a vendor. */
export type HandOffAnswer =
  /** It did as it was told. `vendorRouteId` is its own id of the route, if it has one. */
  | { outcome: 'accepted'; vendorRouteId: string | null }
  /** It has not heard of it, and will later. */
  | { outcome: 'try_later'; code: string; message: string; retryAfterMs: number | null }
  /** It will not do it as long as nobody changes something, at its end or at ours. */
  | { outcome: 'refused'; code: string; message: string }
  /** It may or may not have done it. */
  | { outcome: 'unknown'; code: string; message: string }

/** One thing that a vendor is told of a route. */
export interface HandOffCall {
  /** By this the vendor knows the route from the first call on. */
  handOffId: string
  /** Counts what the vendor is told; a call that is repeated has the same. */
  revision: number
  action: HandOffAction
  /** The route as it is to be; of a withdrawal as the vendor was last told it. */
  document: HandOffDocument
  /** A call before this one may have reached the vendor, whatever came of it. */
  isRepeated: boolean
}

/** A vendor that is told of routes (integrations/). */
export interface HandOffReceiver {
  tell(call: HandOffCall): Promise<HandOffAnswer>
  /** Tries the way to it without telling it of a route. `testId` names the call. */
  test(testId: string): Promise<HandOffAnswer>
}
