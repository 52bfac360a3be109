import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { FormDialog } from '../../parts/FormDialog'
import { KeysetTable } from '../../parts/KeysetTable'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { useChange } from '../../parts/useChange'
import { NewKeyDialog } from './NewKeyDialog'

/** The keys with which programs call the API. */
export default function ApiKeysPage() {
  const { mayChange } = useCompany()
  const [dialog, setDialog] = useState<'new' | Shown['ApiKey'] | null>(null)
  const keys = useInfiniteQuery({
    queryKey: ['api-keys'],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/v1/api-keys', { params: { query: { limit: 50, ...(pageParam !== '' && { cursor: pageParam }) } } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  return (
    <>
      <PageHead title="API keys" about="Each program has a key of its own. A key is shown once, when it is made.">
        {mayChange && <Button onClick={() => setDialog('new')}>Make a key</Button>}
      </PageHead>
      <KeysetTable
        what={['key', 'keys']}
        query={keys}
        keyOf={({ id }) => id}
        empty="There is no key yet."
        columns={[
          { header: 'Name', cell: ({ name }) => name },
          { header: 'Role', cell: ({ role }) => role },
          { header: 'Company', cell: ({ companyId }) => companyId ?? 'Every company' },
          {
            header: 'Made',
            cell: ({ createdBy, createdAt }) => (
              <span>
                <Moment at={createdAt} /> by {createdBy}
              </span>
            ),
          },
          {
            header: 'Last used',
            cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? 'Never' : <Moment at={lastUsedAt} />),
          },
          {
            header: 'Revoke',
            cell: (key) =>
              mayChange && (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={`Revoke ${key.name}`}
                  onClick={() => setDialog(key)}
                >
                  Revoke
                </Button>
              ),
          },
        ]}
      />
      {dialog === 'new' && <NewKeyDialog onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'new' && <RevokeDialog apiKey={dialog} onClose={() => setDialog(null)} />}
    </>
  )
}

function RevokeDialog({ apiKey: { id, name }, onClose }: { apiKey: Shown['ApiKey']; onClose: () => void }) {
  const revoke = useChange({
    change: () => answered(api.DELETE('/v1/api-keys/{id}', { params: { path: { id } } })),
    makesOld: [['api-keys']],
    done: () => `The key ${name} is revoked.`,
  })
  return (
    <FormDialog
      title={`Revoke ${name}?`}
      does="Revoke"
      danger
      onClose={onClose}
      onSubmit={(event) => {
        event?.preventDefault()
        revoke.mutate(undefined, { onSuccess: onClose })
      }}
      pending={revoke.isPending}
      error={revoke.error}
    >
      <p>What calls the API with it is refused from now on. This cannot be undone.</p>
    </FormDialog>
  )
}
