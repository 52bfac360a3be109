import { type Change, refresh } from './change'

/** What somebody who listens has yet to hear. It never grows: too much for one telling becomes a refresh. */
export interface Subscription {
  push(change: Change): void
  /** The changes since the last call, each once, as soon as there are any; empty after so long without; null at the end. */
  next(patienceMs: number): Promise<Change[] | null>
  close(): void
}

/** So long what changes is collected, for a burst to be told once. */
const collectMs = 300
/** More than these are told as a refresh. */
const most = 200

/** A subscription that begins with a refresh; `onClose` hears of its end, maybe more than once. */
export function createSubscription(onClose: () => void): Subscription {
  let pending = new Map<string, Change>([['', refresh]])
  let closed = false
  let wake: () => void = () => {}
  let quietUntil = 0

  /** Until `isOver`, or for so long. */
  async function rest(milliseconds: number, isOver: () => boolean): Promise<void> {
    for (const end = Date.now() + milliseconds; !isOver() && Date.now() < end; )
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - Date.now())
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
  }

  return {
    push(change) {
      if (pending.size >= most || change.event === 'refresh') pending = new Map([['', refresh]])
      else if (!pending.has('')) pending.set(JSON.stringify(change), change)
      wake()
    },
    async next(patienceMs) {
      await rest(quietUntil - Date.now(), () => closed)
      await rest(patienceMs, () => closed || pending.size > 0)
      if (closed) return null
      const told = [...pending.values()]
      pending = new Map()
      quietUntil = Date.now() + collectMs
      return told
    },
    close() {
      closed = true
      wake()
      onClose()
    },
  }
}
