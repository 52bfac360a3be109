import { defineSearchAttributeKey, type SearchAttributePair, TypedSearchAttributes } from '@temporalio/common'
import type { RouteRef } from '../../domain/routeWorkflow'
import type { CalendarDate, DeviceVendor, RouteStatus, StopStatus } from '../../domain/words'

/** A route as far as Temporal is told of it. */
export interface StartedRoute extends RouteRef {
  serviceDate: CalendarDate
  status: RouteStatus
  /** How often it has been confirmed. */
  confirmation: number
  truck: { truckId: string; device: { vendor: DeviceVendor } | null } | null
  stops: { status: StopStatus; contractNumbers: string[] }[]
}

/** Elasticsearch-free visibility stores hold 2 KB a value; the rest of a long route's contracts is in the database. */
const contractNumbersBytes = 1_900

/**
 * What an operator sees of a route's workflow in Temporal, and finds it by. Ids, dates, statuses and contract numbers
 * only: histories are shown to people who have no business with names and addresses.
 */
export function workflowStartOf(route: StartedRoute) {
  const { companyId, routeId, serviceDate } = route
  const stops = route.stops.filter(({ status }) => status !== 'cancelled')
  const contractNumbers = [...new Set(stops.flatMap((stop) => stop.contractNumbers))]
  const truckId = route.truck?.truckId
  const count = `${stops.length} ${stops.length === 1 ? 'stop' : 'stops'}`
  const on = truckId === undefined ? 'no truck' : `truck ${truckId}`
  return {
    staticSummary: `Route ${routeId} of ${serviceDate}, ${on}, ${count}`,
    staticDetails: [
      `- company **${companyId}**, route **${routeId}**, service date **${serviceDate}**`,
      `- ${on}; arrivals come from the ${route.truck?.device ? `${route.truck.device.vendor} device` : 'driver'}`,
      `- when it started it had ${count} with ${contractNumbers.length} contracts`,
      '- the current details show how far it has come; the facts are in the database',
    ].join('\n'),
    typedSearchAttributes: new TypedSearchAttributes([
      keyword('CompanyId', companyId),
      keyword('RouteId', routeId),
      ...(truckId === undefined ? [] : [keyword('TruckId', truckId)]),
      keyword('ServiceDate', serviceDate),
      keyword('RouteStatus', route.status),
      {
        key: defineSearchAttributeKey('ContractNumbers', 'KEYWORD_LIST'),
        value: fitting(contractNumbers, contractNumbersBytes),
      },
    ]),
  }
}

function keyword(name: string, value: string): SearchAttributePair {
  return { key: defineSearchAttributeKey(name, 'KEYWORD'), value }
}

/** As many of the first values as fit into so many bytes of JSON. */
function fitting(values: readonly string[], bytes: number): string[] {
  let left = bytes
  return values.filter((value) => {
    left -= value.length + 3
    return left >= 0
  })
}
