import pg from 'pg'
import { clientSettings } from './connect'
import { outboxChannel } from './outbox'

export interface OutboxListener {
  close(): Promise<void>
}

const reconnectMs = { first: 250, most: 10_000 }

/**
 * Calls `onNotify` when a row of the outbox is announced, and on every (re)connection, since announcements made while
 * nobody listened are lost. Holds one connection of its own and makes a new one, for ever, when it breaks; `onLost` hears
 * why. Returns at once, connected or not.
 */
export function listenToOutbox(
  url: string,
  onNotify: () => void,
  onLost: (error: Error) => void = () => {},
): OutboxListener {
  let closed = false
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let delayMs = reconnectMs.first

  function reconnect(broken: pg.Client, error: Error): void {
    // One broken connection may say so twice, by 'error' and by 'end'.
    if (closed || client !== broken) return
    client = null
    onLost(error)
    timer = setTimeout(connect, delayMs)
    delayMs = Math.min(delayMs * 2, reconnectMs.most)
    broken.end().catch(() => {})
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client(clientSettings(url, 'dispatch-notifications outbox'))
    client = fresh
    fresh.on('error', (error) => reconnect(fresh, error))
    fresh.on('end', () => reconnect(fresh, new Error('The connection that listens to the outbox ended.')))
    fresh.on('notification', () => onNotify())
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${outboxChannel}`)
      delayMs = reconnectMs.first
      if (!closed) onNotify()
    } catch (error) {
      reconnect(fresh, error instanceof Error ? error : new Error(String(error)))
    }
  }

  void connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
