import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { groupByRoute } from './groupByRoute'

/** How a message can end that was called for and did not arrive. Suppressed ones come with their customers. */
const missedStatuses = ['failed', 'undelivered', 'unknown'] as const

/** What needs a person among the messages of a day, by route. */
export function useMissed(serviceDate: string) {
  const { companyId } = useCompany()
  const path = { companyId }

  async function messagesWith(status: (typeof missedStatuses)[number]): Promise<Shown['Notification'][]> {
    const found: Shown['Notification'][] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = { serviceDate, status, limit: 200, ...(cursor !== '' && { cursor }) }
      const page: { items: Shown['Notification'][]; nextCursor: string | null } = await answered(
        api.GET('/v1/companies/{companyId}/notifications', { params: { path, query } }),
      )
      found.push(...page.items)
      cursor = page.nextCursor
    }
    return found
  }

  return useQuery({
    queryKey: ['not-told', companyId, serviceDate],
    queryFn: async () => {
      const [{ items }, ...messages] = await Promise.all([
        answered(api.GET('/v1/companies/{companyId}/not-told', { params: { path, query: { serviceDate } } })),
        ...missedStatuses.map(messagesWith),
      ])
      return groupByRoute(items, messages.flat())
    },
  })
}
