/** Names by which the API and the operator know a route's workflow in Temporal. */

export interface RouteRef {
  companyId: string
  routeId: string
}

export const deliveryRouteType = 'deliveryRoute'
export const routeEventSignal = 'routeEvent'
export const taskQueue = 'dispatch-notifications'

/** Of the calls to vendors: however many of them wait for an answer, no message waits with them. */
export function handOffQueueOf(queue: string): string {
  return `${queue}-hand-off`
}

/** One workflow a route. Ids hold no `/`, so no two routes share one. */
export function workflowIdOf({ companyId, routeId }: RouteRef): string {
  return `route/${companyId}/${routeId}`
}

/** Search attributes by which an operator finds routes in Temporal's UI. Ids, dates and statuses only. */
export const searchAttributes = {
  CompanyId: 'KEYWORD',
  RouteId: 'KEYWORD',
  TruckId: 'KEYWORD',
  ServiceDate: 'KEYWORD',
  RouteStatus: 'KEYWORD',
  ContractNumbers: 'KEYWORD_LIST',
} as const
