import { useSyncExternalStore } from 'react'
import { aheadBy } from './clockAhead'

/** How far the API's clock is ahead of the browser's, in milliseconds. A rehearsal's is days ahead. */
let ahead = 0
const watchers = new Set<() => void>()
let shown = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** Takes the API’s clock over from the `Date` of an answer. Whoever shows the time hears of it when that matters. */
export function noteServerNow({ response }: { response: Response }): void {
  const said = aheadBy(response, ahead, Date.now())
  if (said === null) return
  ahead = said
  tick()
}

/** The API's clock, to the nearest ten seconds: enough for "3 min ago", and few enough renderings. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => shown)
}

function tick(): void {
  shown = Date.now() + ahead
  for (const told of watchers) told()
}

function watch(told: () => void): () => void {
  watchers.add(told)
  timer ??= setInterval(tick, 10_000)
  return () => {
    watchers.delete(told)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
