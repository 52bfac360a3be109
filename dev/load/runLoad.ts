import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { ProductProcesses } from '../productProcesses'
import { type Answered, type Caller, createCaller } from './caller'

export interface LoadReport {
  /** Requests a second that were served to 16 callers who wait for each answer. */
  sustained: number
  /** Requests a second that were then sent, whatever became of those before. */
  offered: number
  served: number
  shed: number
  /** What was neither served nor refused with a reason and a time to come again. */
  wrong: string[]
  /** Milliseconds. */
  servedP50: number
  shedP50: number
  slowestHealth: number
  /** MiB of the API's process: after the sustained load, at most under the overload, and at its end. */
  memory: { before: number; most: number; after: number }
}

const callers = 16
const factor = 5

/**
 * Finds out how many requests a second the API serves, then sends five times as many for as long: it must serve what it
 * can, refuse the rest with 429 or 503 and `Retry-After`, and answer for its health all the while.
 */
export async function runLoad(product: ProductProcesses, seconds: number): Promise<LoadReport> {
  const caller = createCaller(product.url, product.adminKey)
  try {
    await prepare(caller)
    await closedLoop(caller, 'warm', Math.min(2, seconds))
    const sustained = await closedLoop(caller, 'sustained', seconds)
    const before = memoryOf(product)
    const samples = [before]
    let slowestHealth = 0
    let loading = true
    const watch = (async () => {
      while (loading) {
        const { ms } = await caller.call('GET', '/healthz')
        slowestHealth = Math.max(slowestHealth, ms)
        samples.push(memoryOf(product))
        await delay(200)
      }
    })()
    const answers = await openLoop(caller, sustained * factor, seconds)
    loading = false
    await watch
    return {
      sustained,
      offered: answers.length / seconds,
      ...tally(answers),
      slowestHealth,
      memory: { before, most: Math.max(...samples), after: memoryOf(product) },
    }
  } finally {
    caller.close()
  }
}

async function prepare(caller: Caller): Promise<void> {
  const steps = [
    await caller.call('PUT', '/v1/companies/load', { name: 'Load' }),
    await caller.call('PUT', '/v1/companies/load/contracts/C-1', {
      customer: { name: 'Ann' },
      deliveryNotifications: [],
    }),
  ]
  if (steps.some(({ status }) => status !== 200 && status !== 201)) throw new Error('The API took no company.')
}

const stops = Array.from({ length: 10 }, (_, index) => ({
  stopId: `s${index}`,
  kind: 'delivery',
  scheduledAt: '2031-06-03T17:00:00Z',
  address: '1 Main St',
  contracts: ['C-1'],
}))

const putRoute = (caller: Caller, routeId: string) =>
  caller.call('PUT', `/v1/companies/load/routes/${routeId}`, { name: 'Load', serviceDate: '2031-06-03', stops })

async function closedLoop(caller: Caller, name: string, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1_000
  let served = 0
  const lane = async (_: unknown, lane: number) => {
    for (let turn = 0; performance.now() < until; turn++) {
      const { status } = await putRoute(caller, `${name}-${lane}-${turn}`)
      if (status !== 201) throw new Error(`A route was answered with ${status} under an ordinary load.`)
      served += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, lane))
  return served / seconds
}

async function openLoop(caller: Caller, rate: number, seconds: number): Promise<Answered[]> {
  const answers: Promise<Answered>[] = []
  const began = performance.now()
  for (let elapsed = 0; elapsed < seconds * 1_000; elapsed = performance.now() - began) {
    const owed = Math.floor((elapsed * rate) / 1_000)
    while (answers.length < owed) answers.push(putRoute(caller, `over-${answers.length}`))
    await delay(5)
  }
  return Promise.all(answers)
}

function tally(answers: Answered[]) {
  const served = answers.filter(({ status }) => status === 201)
  const shed = answers.filter(({ status, retryAfter }) => (status === 429 || status === 503) && retryAfter)
  const known = new Set([...served, ...shed])
  const rest = answers.filter((answer) => !known.has(answer))
  return {
    served: served.length,
    shed: shed.length,
    wrong: rest.map(({ status }) => String(status)),
    servedP50: middle(served),
    shedP50: middle(shed),
  }
}

function middle(answers: Answered[]): number {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Resident memory of the API's process, MiB, as Linux tells it. */
function memoryOf({ api }: ProductProcesses): number {
  const status = readFileSync(`/proc/${api.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024
}
