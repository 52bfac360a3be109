import { setTimeout as delay } from 'node:timers/promises'
import express from 'express'
import { type Listening, listen } from '../listen'
import type { Client } from './client'
import type { Dice } from './dice'

/** How callbacks come: each as its content rolls. */
const ways = [
  [66, 'at_once'],
  [14, 'late'],
  [14, 'twice'],
  [6, 'never'],
] as const

export interface Door extends Listening {
  figures: Record<'callbacks' | 'late' | 'twice' | 'never', number>
  /** Resolves when no callback is under way. */
  settled(): Promise<void>
}

export interface DoorOptions {
  disturbed: boolean
  /** Whether some never come. */
  losing: boolean
  lateMs: [number, number]
}

/**
 * The address that Twilio knows, before the APIs. It takes each callback and hands it on as the dice say: late, so that
 * "sent" may come after "delivered", twice at once and once more later, or never.
 */
export async function startDoor(
  client: () => Client,
  dice: Dice,
  { disturbed, losing, lateMs }: DoorOptions,
): Promise<Door> {
  const figures = { callbacks: 0, late: 0, twice: 0, never: 0 }
  const underWay = new Set<Promise<void>>()
  const seen = new Map<string, number>()
  const app = express()
  app.use(express.text({ type: '*/*' }))
  app.post('/v1/webhooks/twilio/status', (request, response) => {
    response.type('text/xml').send('<Response/>')
    const { 'x-twilio-signature': signature, 'content-type': type } = request.headers
    const hand = () =>
      client().deliver(request.originalUrl, request.body, {
        'x-twilio-signature': String(signature),
        'content-type': String(type),
      })
    const name = nameOf(request.body)
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    const work = handOn(hand, dice.of(`${name} ${before}`))
    underWay.add(work)
    // What nobody takes within two minutes is lost, as with Twilio.
    void work.catch(() => {}).finally(() => underWay.delete(work))
  })

  async function handOn(hand: () => Promise<void>, rolled: Dice): Promise<void> {
    figures.callbacks += 1
    let way = disturbed ? rolled.pick(ways) : 'at_once'
    if (way === 'never' && !losing) way = 'late'
    if (way !== 'at_once') figures[way] += 1
    if (way === 'never') return
    if (way === 'late') await delay(rolled.between(...lateMs))
    if (way !== 'twice') return hand()
    await Promise.all([hand(), hand()])
    await delay(rolled.between(...lateMs))
    await hand()
  }

  const listening = await listen("The door for Twilio's callbacks", app)
  return {
    ...listening,
    figures,
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

/** The same in every run: who it is about and its status, without ids. */
function nameOf(form: string): string {
  const fields = new URLSearchParams(form)
  return `callback ${fields.get('To')} ${fields.get('MessageStatus')}`
}
