import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { noteServerNow } from '../../client/serverClock'

export type Day = Shown['Day']
export type DayRoute = Shown['DayRoute']
export type DayStop = DayRoute['stops'][number]
export type DayMessages = DayStop['messages'][number]

/** The routes of a day; without a date of the company's today. */
export function useDay(serviceDate: string | null) {
  const { companyId } = useCompany()
  return useQuery({
    queryKey: ['day', companyId, serviceDate ?? 'today'],
    async queryFn(): Promise<Day> {
      const query = serviceDate === null ? {} : { serviceDate }
      const params = { path: { companyId }, query }
      const day = await answered(api.GET('/v1/companies/{companyId}/day', { params }))
      noteServerNow(day.now)
      return day
    },
  })
}
