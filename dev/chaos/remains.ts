import type { Client as TemporalClient } from '@temporalio/client'
import { type Database, rows } from '../../db/sql'
import { companyId, patientCompanyId } from './company'
import type { Shown } from './judge'

/** Every notification, as the product's tables have it. */
export function shownNotifications(db: Database): Promise<Shown[]> {
  return rows<Shown>(
    db,
    `SELECT n.event, n.route_id AS "routeId", n.contract_numbers AS "contractNumbers", n.address AS recipient, n.status,
       n.reason, n.look_ups AS "lookUps", n.planned_at AS "plannedAt",
       (SELECT coalesce(a.outcome, 'none') FROM attempts a WHERE a.notification_id = n.id ORDER BY a.number DESC LIMIT 1)
         AS "lastOutcome"
     FROM notifications n WHERE n.company_id = ANY(:companies) ORDER BY n.sequence`,
    { companies: [companyId, patientCompanyId] },
  )
}

/** Nobody knows, and the route lives on for the next look-up. */
export function hasNextLookUp({ recipient, status, lastOutcome, lookUps }: Shown): boolean {
  const isOpen = status === 'unknown' || (status === 'sending' && lastOutcome === 'none')
  return recipient.startsWith('+') && isOpen && lookUps < 3
}

/** When the last of what is still to go, or to be tried again, is due: a provider may have been slow four times. */
export function dueBy(shown: readonly Shown[]): number {
  const open = shown.filter(({ status }) => ['planned', 'held', 'sending'].includes(status))
  return Math.max(0, ...open.map(({ plannedAt }) => plannedAt ?? 0))
}

/** What should not be there when every route is over; each in words. */
export async function findRemains(db: Database, temporal: TemporalClient, shown: readonly Shown[]): Promise<string[]> {
  const stuck = shown
    .filter((each) => ['planned', 'held', 'sending'].includes(each.status) && !hasNextLookUp(each))
    .map((each) => `${each.event} ${each.routeId} ${each.recipient} is ${each.status}`)
  const outbox = await rows<{ routeId: string; kind: string; lastError: string | null }>(
    db,
    `SELECT route_id AS "routeId", message ->> 'kind' AS kind, last_error AS "lastError" FROM outbox`,
  )
  const waiting = outbox.map(({ routeId, kind, lastError }) => `the outbox holds ${kind} of ${routeId}: ${lastError}`)
  const alive = new Set(shown.filter(hasNextLookUp).map(({ routeId }) => routeId))
  return [...stuck, ...waiting, ...(await workflowsLeft(temporal, alive))]
}

async function workflowsLeft(temporal: TemporalClient, mayLive: Set<string>): Promise<string[]> {
  const found: string[] = []
  const query = 'ExecutionStatus != "Completed" AND ExecutionStatus != "ContinuedAsNew"'
  for await (const { workflowId, type, status } of temporal.workflow.list({ query })) {
    // The schedules of the tasks themselves are always there.
    if (type === 'temporal-sys-scheduler-workflow') continue
    const routeId = /^route\/[^/]+\/(.+)$/.exec(workflowId)?.[1]
    const maySleep = status.name === 'RUNNING' && routeId !== undefined && mayLive.has(routeId)
    const failing = await failuresOf(temporal, workflowId, status.name === 'RUNNING')
    if (!maySleep || failing !== '') found.push(`the workflow ${workflowId} is ${status.name}${failing}`)
  }
  return found
}

/** What Temporal tries again and again, in vain. */
async function failuresOf(temporal: TemporalClient, workflowId: string, isRunning: boolean): Promise<string> {
  if (!isRunning) return ''
  try {
    const { raw } = await temporal.workflow.getHandle(workflowId).describe()
    const failing = (raw.pendingActivities ?? []).filter(({ lastFailure }) => lastFailure)
    const task = raw.pendingWorkflowTask?.attempt ?? 1
    return [
      ...failing.map(({ activityType, lastFailure }) => `; ${activityType?.name} fails: ${lastFailure?.message}`),
      ...(Number(task) > 3 ? [`; its workflow task fails, attempt ${task}`] : []),
    ].join('')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}
