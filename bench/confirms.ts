import { randomUUID } from 'node:crypto'
import { type BenchSystem, rawTaskQueue } from './startBenchSystem'
import { median, ratePerSecond } from './statistics'

const rounds = 5
const aRound = 300
const atOnce = 32

/**
 * Confirmed routes a second (POST …/confirm: authenticated, validated, stored with its outbox row, its workflow started)
 * against bare `workflow.start` of the SDK's client, in turn, on the same server. A route has 10 stops; it is of next
 * week, so that its worker plans it and sleeps.
 */
export async function benchConfirms({ call, client }: BenchSystem) {
  const confirms: number[] = []
  const starts: number[] = []
  for (let round = 0; round < rounds; round++) {
    const ids = Array.from({ length: aRound }, () => `r-${randomUUID()}`)
    await ratePerSecond(aRound, 8, (index) => call('PUT', `/companies/bench/routes/${ids[index]}`, routeOf(7)))
    starts.push(
      await ratePerSecond(aRound, atOnce, () =>
        client.workflow.start('bare', { workflowId: randomUUID(), taskQueue: rawTaskQueue }),
      ),
    )
    confirms.push(
      await ratePerSecond(aRound, atOnce, (index) => call('POST', `/companies/bench/routes/${ids[index]}/confirm`)),
    )
  }
  return {
    confirms: median(confirms),
    starts: median(starts),
    ratios: confirms.map((rate, index) => rate / (starts[index] ?? rate)),
  }
}

/** A route with 10 stops, so many days from now. */
export function routeOf(daysAhead: number) {
  const at = Date.now() + daysAhead * 86_400_000
  return {
    name: 'Bench',
    serviceDate: new Date(at).toISOString().slice(0, 10),
    stops: Array.from({ length: 10 }, (_, index) => ({
      stopId: `s${index}`,
      kind: 'delivery',
      scheduledAt: new Date(at + index * 60_000).toISOString(),
      address: '1 Main St',
      contracts: ['C-1'],
    })),
  }
}
