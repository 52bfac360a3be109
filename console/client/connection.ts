import { useSyncExternalStore } from 'react'

/** Whether the server answers; and if not, since when nothing new has come from it. */
export interface Connection {
  lost: boolean
  /** The last sign of life, by the browser's clock. */
  lastHeardAt: number
}

let connection: Connection = { lost: false, lastHeardAt: Date.now() }
const watchers = new Set<() => void>()

/** The server has answered, or the live stream has said something. */
export function heard(): void {
  update({ lost: false, lastHeardAt: Date.now() })
}

/** A request or the live stream has broken off. */
export function notHeard(): void {
  if (!connection.lost) update({ ...connection, lost: true })
}

export function useConnection(): Connection {
  return useSyncExternalStore(watch, () => connection)
}

function update(next: Connection): void {
  const changed = next.lost !== connection.lost
  connection = next
  if (changed) for (const told of watchers) told()
}

function watch(told: () => void): () => void {
  watchers.add(told)
  return () => watchers.delete(told)
}
