import { setTimeout as delay } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { Logger } from 'pino'
import { type Listener, listenTo } from '../../db/listenTo'
import { deleteFromOutbox } from '../../db/outbox'
import { deliver, type TemporalTarget } from './deliver'
import { forwardBatch } from './forwardBatch'
import type { StoredMessage } from './storeMessage'

export interface ForwarderParts {
  db: Knex
  /** For a connection of its own that hears of new rows. */
  databaseUrl: string
  temporal: TemporalTarget
  log: Logger
  /** How often the outbox is looked through although nobody called; 5 s without it. */
  sweepMs?: number
}

export interface Forwarder {
  /**
   * Tries, right after the commit and for two seconds at most, to hand the messages to Temporal. Never throws: what does
   * not get through is in the outbox, and the background forwarder delivers it.
   */
  forward(messages: readonly StoredMessage[]): Promise<void>
  /** Begins to deliver what waits in the outbox, here and of other processes. */
  start(): void
  /** Ends that; resolves when nothing is under way any more. */
  stop(): Promise<void>
}

/** Shorter than the 3 seconds for which the outbox leaves a row to the request that stored it. */
const inlineMs = 2_000
/** After Temporal was found away, requests do not wait for it for as long. */
const givenUpMs = 5_000

/** Delivers the outbox to Temporal: at once by the request that stored it, else in the background, in order per route. */
export function createForwarder({ db, databaseUrl, temporal, log, sweepMs = 5_000 }: ForwarderParts): Forwarder {
  let awayUntil = 0
  let running: Promise<void> | null = null
  let listener: Listener | null = null
  let stopping = new AbortController()
  let wake: () => void = () => {}
  let woken = false

  async function forwardOne(message: StoredMessage): Promise<number | null> {
    try {
      const outcome = await deliver(message, db, temporal, inlineMs)
      if (outcome === 'needless')
        log.info({ route: message.routeId, kind: message.message.kind }, 'No workflow needs this')
      return message.id
    } catch (err) {
      awayUntil = Date.now() + givenUpMs
      log.warn({ err, outboxId: message.id }, 'Temporal did not take a message; the forwarder will deliver it')
      return null
    }
  }

  async function runUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false
      try {
        const { taken, delivered } = await forwardBatch(db, temporal, log)
        if (delivered > 0) awayUntil = 0
        if (taken > 0 && delivered > 0) continue
      } catch (err) {
        log.error({ err }, 'The outbox could not be read; trying again')
      }
      await rest()
    }
  }

  /** Until a row is announced, the next sweep, or the end. */
  async function rest(): Promise<void> {
    if (woken) return
    const early = new AbortController()
    wake = () => early.abort()
    await delay(sweepMs, undefined, { signal: AbortSignal.any([early.signal, stopping.signal]) }).catch(() => {})
  }

  return {
    async forward(messages) {
      if (Date.now() < awayUntil) return
      // Of one route the earlier message goes first; the rest is the background's.
      const first = messages.filter(({ earlierPending }) => !earlierPending)
      const done = await Promise.all(first.map(forwardOne))
      try {
        await deleteFromOutbox(
          db,
          done.filter((id) => id !== null),
        )
      } catch (err) {
        log.warn({ err }, 'Delivered messages stay in the outbox and will be delivered again, which changes nothing')
      }
    },
    start() {
      if (running !== null) return
      stopping = new AbortController()
      listener = listenTo(
        'outbox',
        databaseUrl,
        () => {
          woken = true
          wake()
        },
        (err) => log.warn({ err }, 'Lost the connection that listens to the outbox; sweeping until it is back'),
      )
      running = runUntilStopped()
    },
    async stop() {
      stopping.abort()
      await listener?.close()
      await running
      running = null
    },
  }
}
