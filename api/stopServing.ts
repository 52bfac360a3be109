import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** Longer than any statement of a request may take (db/connect.ts). */
const longestMs = 20_000

/**
 * Ends a server without cutting anybody off: it goes on serving until the notice has passed, so that a load balancer
 * sees that /readyz is red and sends requests elsewhere; then it takes no new connections and waits for the requests under
 * way; after `finishMs` (20 s) it closes what is left.
 */
export async function stopServing(server: Server, noticeMs: number, finishMs = longestMs): Promise<void> {
  await delay(noticeMs)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const giveUp = new AbortController()
  await Promise.race([closed, delay(finishMs, undefined, { signal: giveUp.signal }).catch(() => {})])
  giveUp.abort()
  server.closeAllConnections()
}
