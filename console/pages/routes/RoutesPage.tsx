import { useInfiniteQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { KeysetTable } from '../../parts/KeysetTable'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'

/** The company's routes, by day. */
export default function RoutesPage() {
  const { companyId, times } = useCompany()
  const routes = useInfiniteQuery({
    queryKey: ['routes', companyId],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/v1/companies/{companyId}/routes', {
          params: { path: { companyId }, query: { limit: 50, ...(pageParam !== '' && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  return (
    <>
      <PageHead title="Routes" />
      <KeysetTable
        what="routes"
        query={routes}
        keyOf={({ routeId }) => routeId}
        empty="There is no route yet."
        columns={[
          { header: 'Day', cell: ({ serviceDate }) => times.dayOfDate(serviceDate) },
          { header: 'Route', cell: ({ name }) => name },
          { header: 'Status', cell: ({ status }) => status },
          { header: 'First stop', cell: ({ stops: [first] }) => first && <Moment at={first.scheduledAt} /> },
        ]}
      />
    </>
  )
}
