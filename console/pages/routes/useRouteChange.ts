import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import type { DayRoute } from './useDay'

export type RouteChange = 'confirm' | 'unconfirm' | 'cancel'

const done: Record<RouteChange, string> = { confirm: 'confirmed', unconfirm: 'un-confirmed', cancel: 'cancelled' }

/** Confirms, un-confirms or cancels a route. */
export function useRouteChange({ routeId, name }: Pick<DayRoute, 'routeId' | 'name'>, change: RouteChange) {
  const { companyId } = useCompany()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      answered(
        api.POST(`/v1/companies/{companyId}/routes/{routeId}/${change}`, { params: { path: { companyId, routeId } } }),
      ),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['day', companyId] })
      notifications.show({ message: `Route ${name} is ${done[change]}.` })
    },
  })
}
