import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** So long a load balancer may need to see that /readyz is red and to send requests elsewhere. */
const noticeMs = 1_000
const finishMs = 10_000

/**
 * Ends a server without cutting anybody off: it goes on serving until the notice has passed, then takes no new
 * connections and waits for the requests under way; after 10 s it closes what is left.
 */
export async function stopServing(server: Server): Promise<void> {
  await delay(noticeMs)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const giveUp = new AbortController()
  await Promise.race([closed, delay(finishMs, undefined, { signal: giveUp.signal }).catch(() => {})])
  giveUp.abort()
  server.closeAllConnections()
}
