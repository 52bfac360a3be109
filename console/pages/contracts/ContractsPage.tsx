import { Anchor } from '@mantine/core'
import { type MouseEvent, useRef } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { useCompany } from '../../app/company'
import type { Shown } from '../../client/api'
import { Empty } from '../../parts/Empty'
import { KeysetTable } from '../../parts/KeysetTable'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { SearchField } from '../../parts/SearchField'
import { useKeys } from '../../parts/useKeys'
import { useContracts } from './useContracts'
import { WhoIsTold } from './WhoIsTold'

type Contract = Shown['Contract']

/** The customers' contracts, and who is told about each. What is looked for stands in the page's address. */
export default function ContractsPage() {
  const { operator } = useCompany()
  const [params, setParams] = useSearchParams()
  const [, navigate] = useLocation()
  const q = params.get('q')?.trim() ?? ''
  const contracts = useContracts(q)
  const field = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => field.current?.focus() })
  return (
    <>
      <PageHead
        title="Contracts"
        about="The delivery notifications of a contract are the only addresses that are told about it."
      >
        <search>
          <SearchField
            inputRef={field}
            label={operator.role === 'viewer' ? 'Number, or the customer’s whole name' : 'Number or customer'}
            placeholder="Press / to search"
            value={q}
            onSearch={(value) => setParams(value === '' ? {} : { q: value }, { replace: true })}
          />
        </search>
      </PageHead>
      <KeysetTable
        what={['contract', 'contracts']}
        query={contracts}
        keyOf={({ number }) => number}
        columns={columns}
        open={({ number }) => navigate(`/contracts/${number}`)}
        empty={<NothingFound q={q} />}
      />
    </>
  )
}

const columns = [
  {
    header: 'Number',
    width: '18%',
    cell: ({ number }: Contract) => (
      <Anchor
        component={Link}
        href={`/contracts/${number}`}
        inherit
        onClick={(event: MouseEvent) => event.stopPropagation()}
      >
        {number}
      </Anchor>
    ),
  },
  { header: 'Customer', width: '26%', cell: ({ customer }: Contract) => customer.name },
  { header: 'Who is told', width: '38%', cell: (contract: Contract) => <WhoIsTold contract={contract} /> },
  { header: 'Changed', width: '18%', cell: ({ updatedAt }: Contract) => <Moment at={updatedAt} /> },
]

function NothingFound({ q }: { q: string }) {
  if (q === '')
    return <Empty title="There is no contract yet">The dispatch back end adds them (PUT …/contracts/NUMBER).</Empty>
  return <Empty title={`No contract begins with “${q}”`}>Neither its number nor the name of its customer does.</Empty>
}
