import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'

export type Notification = Shown['Notification']

export interface StopRef {
  routeId: string
  stopId: string
}

/** The route of a stop, with its stops and their messages. */
export function useRouteOfStop({ routeId }: StopRef) {
  const { companyId } = useCompany()
  return useQuery({
    queryKey: ['route', companyId, routeId],
    queryFn: () =>
      answered(api.GET('/v1/companies/{companyId}/routes/{routeId}', { params: { path: { companyId, routeId } } })),
  })
}

/** Why the stop's customers were told, or were not. */
export function useExplanation({ routeId, stopId }: StopRef) {
  const { companyId } = useCompany()
  const path = { companyId, routeId, stopId }
  return useQuery({
    queryKey: ['stop', companyId, routeId, stopId],
    queryFn: () =>
      answered(api.GET('/v1/companies/{companyId}/routes/{routeId}/stops/{stopId}/explanation', { params: { path } })),
  })
}
