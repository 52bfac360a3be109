import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'

export type Day = Shown['Day']
export type DayRoute = Shown['DayRoute']
export type DayStop = DayRoute['stops'][number]
export type DayMessages = DayStop['messages'][number]

/** The routes of a day; without a date of the company's today. */
export function useDay(serviceDate: string | null) {
  const { companyId } = useCompany()
  return useQuery({
    queryKey: ['day', companyId, serviceDate ?? 'today'],
    queryFn(): Promise<Day> {
      const query = serviceDate === null ? {} : { serviceDate }
      const params = { path: { companyId }, query }
      return answered(api.GET('/v1/companies/{companyId}/day', { params }))
    },
  })
}
