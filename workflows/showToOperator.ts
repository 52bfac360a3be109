import { defineSearchAttributeKey } from '@temporalio/common'
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import type { Agenda } from '../activities/agenda'

const routeStatus = defineSearchAttributeKey('RouteStatus', 'KEYWORD')
const truckId = defineSearchAttributeKey('TruckId', 'KEYWORD')

/** Makes the route legible in Temporal's UI: its stops as a table, its status and truck as search attributes. */
export function showToOperator(agenda: Agenda): void {
  const known = workflowInfo().typedSearchAttributes
  // Each upsert is an event of the history: only what changed.
  if (known.get(routeStatus) !== agenda.status || (known.get(truckId) ?? null) !== agenda.truckId) {
    upsertSearchAttributes([
      { key: routeStatus, value: agenda.status },
      { key: truckId, value: agenda.truckId },
    ])
  }
  const rows = agenda.stops.map(
    ({ stopId, status, window, contracts, notifications }) =>
      `| ${stopId} | ${status} | ${window} | ${contracts.join(', ')} | ${notifications} |`,
  )
  setCurrentDetails(
    [
      `**${agenda.status}**, service date ${agenda.serviceDate}. Next: ${agenda.next}`,
      '',
      '| stop | status | window | contracts | notifications |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  )
}
