import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { useCompanies } from '../../client/companies'
import { Badge } from '../../parts/Badge'
import { KeysetTable } from '../../parts/KeysetTable'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { ManageMenu } from './ManageMenu'
import { OperatorDialog } from './OperatorDialog'

/** The people who sign in to the console, and what each may do. */
export default function OperatorsPage() {
  const { mayChange, operator: self } = useCompany()
  const { data: companies = [] } = useCompanies()
  const [adding, setAdding] = useState(false)
  const operators = useInfiniteQuery({
    queryKey: ['operators'],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/v1/operators', { params: { query: { limit: 50, ...(pageParam !== '' && { cursor: pageParam }) } } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  const nameOf = (companyId: string) => companies.find((each) => each.companyId === companyId)?.name ?? companyId
  return (
    <>
      <PageHead title="Operators" about="The people who sign in to this console. The role says what they may do.">
        {mayChange && <Button onClick={() => setAdding(true)}>Add an operator</Button>}
      </PageHead>
      <KeysetTable
        what={['operator', 'operators']}
        query={operators}
        keyOf={({ id }) => id}
        empty="There is no operator yet."
        columns={[
          { header: 'Name', cell: ({ name, email }) => (email === self.email ? `${name} (you)` : name) },
          { header: 'Email', cell: ({ email }) => email },
          { header: 'Role', cell: ({ role }) => role },
          {
            header: 'Company',
            cell: ({ companyId }) => (companyId === null ? 'Every company' : nameOf(companyId)),
          },
          { header: 'Last seen', cell: (operator) => <LastSeen {...operator} /> },
          { header: 'Manage', cell: (operator) => mayChange && <ManageMenu operator={operator} /> },
        ]}
      />
      {adding && <OperatorDialog operator={null} onClose={() => setAdding(false)} />}
    </>
  )
}

function LastSeen({ hasPassword, lastSeenAt }: Shown['Operator']) {
  if (lastSeenAt !== undefined) return <Moment at={lastSeenAt} relative />
  return hasPassword ? (
    'Not signed in'
  ) : (
    <span>
      <Badge tone="waiting">No password yet</Badge>
    </span>
  )
}
