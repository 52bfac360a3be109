import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../activities'
import type { Agenda } from '../activities/agenda'
import type { Sent } from '../activities/sending'
import { handOffQueueOf, type RouteRef } from '../domain/routeWorkflow'

/** Nobody knows for how long a database or a provider is away: try for ever, at least every 10 seconds. */
const patiently = { initialInterval: '200ms', maximumInterval: '10s' } as const

const { planNotifications } = proxyLocalActivities<Activities>({ startToCloseTimeout: '10s', retry: patiently })

/** Reads the facts and decides: short and repeatable, so it runs inside the workflow task, without a round trip. */
export async function planNow(route: RouteRef): Promise<Sent> {
  return { outcomes: {}, agenda: await planNotifications(route, Date.now()) }
}

/** A worker that died is noticed by its missing heartbeats, so that a message is seconds late and not minutes. */
const watched = { startToCloseTimeout: '15 minutes', heartbeatTimeout: '10s', retry: patiently } as const

/** Plans and sends what is due, as one activity however many messages there are. `summary`: what is expected to be due. */
export function sendDue(route: RouteRef, summary: string): Promise<Sent> {
  const { sendNotifications } = proxyActivities<Activities>({ ...watched, summary })
  return sendNotifications(route)
}

/**
 * Asks the provider about texts of unknown outcome.
 * @returns whether anything was done: a receipt may have come first
 */
export async function lookUpOutcomes({ lookUps }: Agenda): Promise<boolean> {
  const summary = `${lookUps.length} of unknown outcome`
  const { lookUpNotifications } = proxyActivities<Activities>({ ...watched, summary })
  return Object.keys(await lookUpNotifications(lookUps)).length > 0
}

/**
 * Tells the vendors of the truck's devices, by workers of their own: one that does not answer holds up no message.
 * @returns whether anything was done: the facts may have changed since they were planned
 */
export async function tellVendors(route: RouteRef, summary: string): Promise<boolean> {
  const taskQueue = handOffQueueOf(workflowInfo().taskQueue)
  const { handOffRoute } = proxyActivities<Activities>({ ...watched, taskQueue, summary })
  return (await handOffRoute(route)) > 0
}
