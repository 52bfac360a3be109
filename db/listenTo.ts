import pg from 'pg'
import { clientSettings } from './connect'

export interface Listener {
  close(): Promise<void>
}

const reconnectMs = { first: 250, most: 10_000 }

/** The channels on which the database announces something; of `changes` the triggers of migration 0010 make the payloads. */
export type ListenChannel = 'outbox' | 'changes'

/**
 * Calls `onNotify` with the payload of each announcement, and with null on every (re)connection, since announcements made
 * while nobody listened are lost. Holds one connection of its own and makes a new one, for ever, when it breaks; `onLost` hears
 * why. Returns at once, connected or not.
 */
export function listenTo(
  channel: ListenChannel,
  url: string,
  onNotify: (payload: string | null) => void,
  onLost: (error: Error) => void = () => {},
): Listener {
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
    const fresh = new pg.Client(clientSettings(url, `dispatch-notifications ${channel}`))
    client = fresh
    fresh.on('error', (error) => reconnect(fresh, error))
    fresh.on('end', () => reconnect(fresh, new Error(`The connection that listens to ${channel} ended.`)))
    fresh.on('notification', ({ payload = '' }) => onNotify(payload))
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${channel}`)
      delayMs = reconnectMs.first
      if (!closed) onNotify(null)
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
