import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'

/**
 * The contracts whose number or customer begins so, page by page. Under a name that the live stream does not have: a back end
 * that writes thousands of contracts would have all of the list read again with each.
 */
export function useContracts(q: string) {
  const { companyId } = useCompany()
  return useInfiniteQuery({
    queryKey: ['contract-list', companyId, q],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/v1/companies/{companyId}/contracts', {
          params: {
            path: { companyId },
            query: { limit: 100, ...(q !== '' && { q }), ...(pageParam !== '' && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
