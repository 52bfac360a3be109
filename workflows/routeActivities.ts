import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { Activities } from '../activities'
import type { Agenda } from '../activities/agenda'
import type { RouteRef } from '../domain/routeWorkflow'

/** Nobody knows for how long a database or a provider is away: try for ever, at least every 10 seconds. */
const patiently = { initialInterval: '200ms', maximumInterval: '10s' } as const

const { planNotifications } = proxyLocalActivities<Activities>({ startToCloseTimeout: '10s', retry: patiently })

/** Reads the facts and decides: short and repeatable, so it runs inside the workflow task, without a round trip. */
export function planNow(route: RouteRef): Promise<Agenda | null> {
  return planNotifications(route, Date.now())
}

/** A worker that died is noticed by its missing heartbeats, so that a message is seconds late and not minutes. */
const watched = { startToCloseTimeout: '15 minutes', heartbeatTimeout: '10s', retry: patiently } as const

/** Sends what is due now, as one activity however many messages there are. */
export async function sendDue(route: RouteRef, { due, dueFor }: Agenda): Promise<void> {
  await proxyActivities<Activities>({ ...watched, summary: dueFor }).sendNotifications(route, due)
}

/** Asks the provider about texts of unknown outcome. */
export async function lookUpOutcomes({ lookUps }: Agenda): Promise<void> {
  const summary = `${lookUps.length} of unknown outcome`
  await proxyActivities<Activities>({ ...watched, summary }).lookUpNotifications(lookUps)
}
