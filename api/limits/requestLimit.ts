import type { SharedLimit } from './sharedLimit'

/** A key's requests in the present window. */
interface Count {
  /** Seen here and not yet told to the shared count. */
  untold: number
  /** The shared count, when it was last asked. */
  counted: number
  endsAt: number
}

/** A process tells of its requests in lots of this share of the limit; by no more than that, each, is a count too low. */
const lotShare = 0.02
/** From this share of the limit on every request waits for the shared count. */
const nearShare = 0.8

/**
 * Limits how often a key may call, without a statement a request: each process counts in memory and tells the others in
 * lots, for which no request waits until the key is near its limit.
 */
export function createRequestLimit(shared: SharedLimit) {
  const lot = Math.max(1, Math.floor(shared.points * lotShare))
  const counts = new Map<string, Count>()

  function countOf(key: string): Count {
    const known = counts.get(key)
    if (known !== undefined && known.endsAt > Date.now()) return known
    const fresh = { untold: 0, counted: 0, endsAt: Date.now() + shared.seconds * 1_000 }
    counts.set(key, fresh)
    return fresh
  }

  async function tell(key: string, count: Count): Promise<number> {
    const told = count.untold
    count.untold = 0
    // Until the answer comes it counts as it stands here.
    count.counted += told
    const { counted, windowMs, waitMs } = await shared.count(key, told)
    count.counted = Math.max(counted, count.counted)
    count.endsAt = Date.now() + windowMs
    return waitMs
  }

  return {
    /** Counts a request by the key; gives how long it has to wait instead, zero within the limit. Never throws. */
    async admit(key: string): Promise<number> {
      const waitMs = shared.waitMs(key)
      if (waitMs > 0) return waitMs
      const count = countOf(key)
      count.untold += 1
      if (count.counted + count.untold > shared.points * nearShare) return tell(key, count)
      if (count.untold >= lot) void tell(key, count)
      return 0
    },
  }
}
