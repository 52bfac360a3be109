import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { WorkflowHandle } from '@temporalio/client'
import { routeOf } from './confirms'
import { type BenchSystem, rawTaskQueue } from './startBenchSystem'
import { quantile } from './statistics'

const measured = 200
const warmUp = 20

const now = () => performance.timeOrigin + performance.now()

/**
 * From the driver's POST …/arrived to the request at the provider, against the SDK's bare signal to the start of one
 * activity, in turn, one at a time, on the same server. Milliseconds.
 */
export async function benchArrivals(system: BenchSystem) {
  const ours: number[] = []
  const bare: number[] = []
  for (let index = 0; index < warmUp + measured; index++) {
    const bareTook = await signalToActivity(system)
    const oursTook = await arrivedToProvider(system)
    if (index < warmUp) continue
    bare.push(bareTook)
    ours.push(oursTook)
  }
  const shares = [0.5, 0.95] as const
  return shares.map((share) => ({ share, ours: quantile(ours, share), bare: quantile(bare, share) }))
}

async function signalToActivity({ client, nextMark }: BenchSystem): Promise<number> {
  const handle = await client.workflow.start('bare', { workflowId: randomUUID(), taskQueue: rawTaskQueue })
  // A first task is not what is measured.
  await waits(handle, 4)
  const began = now()
  const marked = nextMark()
  await handle.signal('nudge')
  return (await marked) - began
}

async function arrivedToProvider({ call, twilio, client }: BenchSystem): Promise<number> {
  const routeId = `r-${randomUUID()}`
  await call('PUT', `/companies/bench/routes/${routeId}`, routeOf(0))
  await call('POST', `/companies/bench/routes/${routeId}/confirm`)
  const handle = client.workflow.getHandle(`route/bench/${routeId}`)
  await waits(handle, 6)
  const before = twilio.requests.length
  const began = now()
  const requested = twilio.waitForRequest((request) => twilio.requests.indexOf(request) >= before)
  await call('POST', `/companies/bench/routes/${routeId}/stops/s0/arrived`)
  await requested
  return now() - began
}

/** Until a workflow has done what it does when it starts, and waits; the server is left in peace then, so that no measurement meets the asking. */
async function waits(handle: WorkflowHandle, historyLength: number): Promise<void> {
  while ((await handle.describe()).historyLength < historyLength) await delay(20)
  await delay(50)
}
