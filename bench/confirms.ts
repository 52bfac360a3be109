import { randomUUID } from 'node:crypto'
import { setRouteStatus } from '../db/routes'
import { getRoute } from '../db/routeViews'
import { deliveryRouteType, taskQueue, workflowIdOf } from '../domain/routeWorkflow'
import { workflowStartOf } from '../integrations/temporal/workflowStart'
import { type BenchSystem, rawTaskQueue } from './startBenchSystem'
import { median, ratePerSecond } from './statistics'

const rounds = 5
const aRound = 300
const atOnce = 32

/**
 * Confirmed routes a second (POST …/confirm: authenticated, validated, stored with its outbox row, its workflow started)
 * against `workflow.start` of the SDK's client, in turn, on the same server: of a bare workflow, and of the route's own
 * workflow for a route that is confirmed in the database already. A route has 10 stops; it is of next week, so that its
 * worker plans it and sleeps.
 */
export async function benchConfirms(system: BenchSystem) {
  const { call, client } = system
  const rates = { bare: [] as number[], direct: [] as number[], confirm: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    const routes = await plannedRoutes(system)
    const started = await Promise.all(
      (await plannedRoutes(system)).map((routeId) => confirmedInDatabase(system, routeId)),
    )
    rates.bare.push(
      await ratePerSecond(aRound, atOnce, () =>
        client.workflow.start('bare', { workflowId: randomUUID(), taskQueue: rawTaskQueue }),
      ),
    )
    rates.direct.push(
      await ratePerSecond(aRound, atOnce, (index) => client.workflow.start(deliveryRouteType, startOf(started[index]))),
    )
    rates.confirm.push(
      await ratePerSecond(aRound, atOnce, (index) => call('POST', `/companies/bench/routes/${routes[index]}/confirm`)),
    )
  }
  return [
    { name: 'workflow.start of a bare workflow', ...against(rates.bare, rates.bare) },
    { name: "workflow.start of the route's workflow", ...against(rates.direct, rates.bare) },
    { name: 'POST …/confirm', ...against(rates.confirm, rates.bare) },
    { name: "the same, against the route's workflow", ...against(rates.confirm, rates.direct) },
  ]
}

function against(rates: number[], base: number[]) {
  return { rate: median(rates), ratio: median(rates.map((rate, round) => rate / (base[round] ?? rate))) }
}

async function plannedRoutes({ call }: BenchSystem): Promise<string[]> {
  const ids = Array.from({ length: aRound }, () => `r-${randomUUID()}`)
  await ratePerSecond(aRound, 8, (index) => call('PUT', `/companies/bench/routes/${ids[index]}`, routeOf(7)))
  return ids
}

async function confirmedInDatabase({ db }: BenchSystem, routeId: string) {
  const ref = { companyId: 'bench', routeId }
  const confirmation = { confirmedAt: Date.now(), confirmation: 1, by: { keyId: 'bench', name: 'bench' } }
  await db.transaction((trx) => setRouteStatus(trx, ref, 'confirmed', confirmation))
  return getRoute(db, ref)
}

function startOf(route: Awaited<ReturnType<typeof getRoute>> | undefined) {
  if (!route) throw new Error('The bench has lost a route.')
  const ref = { companyId: route.companyId, routeId: route.routeId }
  return { workflowId: workflowIdOf(ref), taskQueue, args: [ref], ...workflowStartOf(route) }
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
