import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failed } from './Failed'
import { Loading } from './Loading'

/** The three faces of a read: loading, failed with a way to ask again, and its data. What is there stays when it grows old. */
export function Answered<Data>({
  query,
  what,
  children,
}: {
  query: UseQueryResult<Data>
  /** For screen readers: “the routes”. */
  what: string
  children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <Failed error={query.error} retry={query.refetch} />
  return <Loading what={what} />
}
