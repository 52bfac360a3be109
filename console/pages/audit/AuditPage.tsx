import { Code } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { KeysetTable } from '../../parts/KeysetTable'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'

/** Who changed what in the company, the latest first. */
export default function AuditPage() {
  const { companyId } = useCompany()
  const audit = useInfiniteQuery({
    queryKey: ['audit', companyId],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/v1/companies/{companyId}/audit', {
          params: { path: { companyId }, query: { limit: 50, ...(pageParam !== '' && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  return (
    <>
      <PageHead
        title="Who changed what"
        about="Kept for ever. What is personal or secret is named, and its value is not kept."
      />
      <KeysetTable
        what={['change', 'changes']}
        query={audit}
        keyOf={({ id }) => String(id)}
        empty="Nobody has changed anything yet."
        columns={[
          { header: 'When', cell: ({ at }) => <Moment at={at} /> },
          { header: 'Who', cell: ({ by }) => by.name },
          { header: 'What', cell: ({ action }) => action.replace('.', ' ').replaceAll('_', ' ') },
          { header: 'Of', cell: ({ subject }) => <Code>{subject}</Code> },
          { header: 'Change', cell: ({ changes }) => changes.map(changeInWords).join('; ') },
        ]}
      />
    </>
  )
}

function changeInWords({ path, from, to }: Shown['AuditEntry']['changes'][number]): string {
  if (from === undefined && to === undefined) return `${path} changed`
  if (from === undefined) return `${path}: ${JSON.stringify(to)}`
  return `${path}: ${JSON.stringify(from)} → ${to === undefined ? 'none' : JSON.stringify(to)}`
}
