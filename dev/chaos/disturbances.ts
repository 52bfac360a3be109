import { setTimeout as delay } from 'node:timers/promises'
import type { ChaosSystem } from './chaosSystem'
import type { Dice } from './dice'

const kinds = [
  'worker_killed',
  'api_killed',
  'temporal_restarted',
  'postgres_killed',
  'mail_refuses',
  'look_up_fails',
] as const
export type DisturbanceKind = (typeof kinds)[number]

export interface Disturbance {
  kind: DisturbanceKind
  /** After the beginning of the run. */
  atMs: number
  /** Which of two processes. */
  which: number
  /** How long it stays away. */
  awayMs: number
}

/** Mean time between two of a kind, and how many there are at least. */
const rhythm: Record<DisturbanceKind, { everyMs: number; atLeast: number }> = {
  worker_killed: { everyMs: 9_000, atLeast: 2 },
  api_killed: { everyMs: 10_000, atLeast: 2 },
  temporal_restarted: { everyMs: 40_000, atLeast: 1 },
  postgres_killed: { everyMs: 30_000, atLeast: 1 },
  mail_refuses: { everyMs: 15_000, atLeast: 1 },
  look_up_fails: { everyMs: 60_000, atLeast: 0 },
}

/** What goes wrong, and when: spread over the time, at moments that the dice choose. */
export function planDisturbances(dice: Dice, activeMs: number): Disturbance[] {
  return kinds
    .flatMap((kind) => {
      const { everyMs, atLeast } = rhythm[kind]
      const count = Math.max(atLeast, Math.floor(activeMs / everyMs))
      const rolled = dice.of(kind)
      return Array.from({ length: count }, (_, index) => ({
        kind,
        atMs: Math.round(((index + 0.15 + 0.7 * rolled.roll()) / count) * activeMs),
        which: rolled.between(0, 1),
        awayMs: rolled.between(100, 1_500),
      }))
    })
    .sort((one, other) => one.atMs - other.atMs)
}

/** Carries them out. What happens to PostgreSQL and to Temporal is over when this resolves. */
export async function disturb(plan: Disturbance[], system: ChaosSystem, log: (line: string) => void): Promise<void> {
  const began = Date.now()
  // One server at a time is away; a second stroke would find nothing to kill.
  let servers = Promise.resolve()
  for (const { kind, atMs, which, awayMs } of plan) {
    await delay(Math.max(0, began + atMs - Date.now()))
    log(`${(atMs / 1000).toFixed(1)} s  ${kind.replaceAll('_', ' ')}`)
    switch (kind) {
      case 'worker_killed':
        system.workers[which]?.kill()
        break
      case 'api_killed':
        system.apis[which]?.kill()
        break
      case 'mail_refuses':
        system.smtp.fault({ kind: 'refuse_connection', times: 2 })
        break
      case 'look_up_fails':
        system.twilio.fault({ kind: 'server_error', on: 'read' })
        break
      case 'postgres_killed':
        servers = servers.then(() => system.killPostgres(awayMs))
        break
      case 'temporal_restarted':
        servers = servers.then(() => system.restartTemporal(awayMs))
        break
    }
  }
  await servers
}
