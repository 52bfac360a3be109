import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { Badge } from '../../parts/Badge'
import { Empty } from '../../parts/Empty'
import { KeysetTable } from '../../parts/KeysetTable'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { ConsentDialog } from './ConsentDialog'

/** Who may be written to and who may not, and how that is known. Nothing here is ever changed; a later entry counts. */
export default function ConsentsPage() {
  const { companyId, mayChange } = useCompany()
  const [address, setAddress] = useState('')
  const [adding, setAdding] = useState(false)
  const consents = useInfiniteQuery({
    queryKey: ['consents', companyId, address],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/v1/companies/{companyId}/consents', {
          params: {
            path: { companyId },
            query: { limit: 50, ...(address !== '' && { address }), ...(pageParam !== '' && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  return (
    <>
      <PageHead
        title="Consents"
        about="The latest entry of an address counts. A STOP is lifted by a START alone, whatever is added here."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setAddress(String(new FormData(event.currentTarget).get('address') ?? '').trim())
          }}
        >
          <TextInput
            name="address"
            type="search"
            aria-label="Phone number or email"
            placeholder="Phone or email, then Enter"
          />
        </form>
        {mayChange && <Button onClick={() => setAdding(true)}>Add a consent</Button>}
      </PageHead>
      <KeysetTable
        what={['consent', 'consents']}
        query={consents}
        keyOf={({ address: of, channel, recordedAt }) => `${of} ${channel} ${recordedAt}`}
        empty={
          <Empty
            title={
              address === '' ? 'Nobody has opted out, and no consent is recorded' : `Nothing is recorded of ${address}`
            }
          >
            Whoever opted out is told nothing by that channel until they opt in.
          </Empty>
        }
        columns={[
          { header: 'Address', cell: ({ address: of }) => of },
          { header: 'Channel', cell: ({ channel }) => (channel === 'sms' ? 'Text' : 'Email') },
          {
            header: 'Consent',
            cell: ({ action, bindsEveryCompany }) => (
              <Badge tone={action === 'granted' ? 'good' : 'warning'} symbol={action === 'granted' ? '✓' : '–'}>
                {action === 'granted' ? 'May be told' : bindsEveryCompany ? 'STOP, binding' : 'Opted out'}
              </Badge>
            ),
          },
          { header: 'Known from', cell: ({ source, note }) => (note === undefined ? source : `${source}: ${note}`) },
          { header: 'Recorded by', cell: ({ recordedBy }) => recordedBy ?? 'The recipient' },
          { header: 'When', cell: ({ recordedAt }) => <Moment at={recordedAt} /> },
        ]}
      />
      {adding && <ConsentDialog onClose={() => setAdding(false)} />}
    </>
  )
}
