import { heartbeat } from '@temporalio/activity'

const everyMs = 3_000

/**
 * Works with a pulse, so that a worker that died is noticed within seconds, however much work is left. The server may give
 * a worker up that lives (it was frozen, or cut off): the same work then runs twice, and each step must allow for that.
 */
export async function withHeartbeats<Result>(work: () => Promise<Result>): Promise<Result> {
  const pulse = setInterval(() => heartbeat(), everyMs)
  try {
    return await work()
  } finally {
    clearInterval(pulse)
  }
}

/** Does `work` for every item, a group of `size` at a time: all of a group end, well or badly, before the next begins. */
export async function inGroups<Item>(items: Item[], size: number, work: (item: Item) => Promise<void>): Promise<void> {
  for (let first = 0; first < items.length; first += size) {
    await allSettled(items.slice(first, first + size).map(work))
  }
}

/** Waits for all, whatever becomes of each; then throws the first error, if any. */
export async function allSettled(running: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(running)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}
