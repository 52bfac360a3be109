import { type UseQueryResult, useInfiniteQuery, useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import type { MessageFilter } from './messageFilter'
import { newsOf } from './newsOf'

const pageSize = 100

type Page = { items: Shown['Notification'][]; nextCursor: string | null }
type Pages = { pages: Page[]; pageParams: string[] }

/**
 * The messages that a filter finds. The list keeps its rows where they are: when the live stream tells of a change, the first page
 * and the pages that are seen are read again beside it; rows that it has are changed in place, and what it does not have
 * is counted, to be shown when somebody asks.
 */
export function useMessages(filter: MessageFilter) {
  const { companyId } = useCompany()
  const queries = useQueryClient()
  const [seen, setSeen] = useState({ first: 0, end: 0 })
  const read = (cursor: string) =>
    answered(
      api.GET('/v1/companies/{companyId}/notifications', {
        params: { path: { companyId }, query: { ...filter, limit: pageSize, ...(cursor !== '' && { cursor }) } },
      }),
    )

  // Not under the company's name: the live stream is not to read all of it again.
  const listKey = ['messages', { companyId, ...filter }]
  const list = useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
    gcTime: 0,
  })
  const pages = list.data?.pages ?? []
  const watched = pages.flatMap((page, index) => {
    const isSeen = index * pageSize < seen.end && (index + 1) * pageSize > seen.first
    return index === 0 || isSeen ? [{ page, cursor: String(list.data?.pageParams[index] ?? '') }] : []
  })
  const now = useQueries({
    queries: watched.map(({ page, cursor }) => ({
      queryKey: ['notifications', companyId, 'page', filter, cursor],
      queryFn: () => read(cursor),
      initialData: page,
      initialDataUpdatedAt: list.dataUpdatedAt,
      gcTime: 0,
    })),
    combine: dataOfEach,
  })

  const shownIds = useMemo(() => new Set(pages.flatMap(({ items }) => items.map(({ id }) => id))), [pages])
  const news = newsOf(
    watched.map(({ page }, index) => {
      const fresh = now[index] ?? page
      return { shown: page.items, now: fresh.items, isFull: fresh.nextCursor !== null }
    }),
    shownIds,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has been read anew is what is to be shown
  useEffect(() => {
    queries.setQueryData<Pages>(listKey, (held) => held && withCurrent(held, news.current))
  }, [now])

  return {
    list,
    setSeen,
    shown: pages.flatMap(({ items }) => items),
    added: news.added,
    gone: news.gone,
    /** Begins the list anew with what its first page has become. */
    showNews() {
      const first = now[0]
      if (first !== undefined) queries.setQueryData<Pages>(listKey, { pages: [first], pageParams: [''] })
      window.scrollTo({ top: 0 })
    },
  }
}

/** Outside, where it stays the same function: its answer is then only compared when something came. */
function dataOfEach(results: UseQueryResult<Page>[]): (Page | undefined)[] {
  return results.map(({ data }) => data)
}

function withCurrent(held: Pages, current: ReadonlyMap<string, Page['items'][number]>): Pages {
  const isOld = (item: Page['items'][number]) => (current.get(item.id) ?? item) !== item
  if (!held.pages.some(({ items }) => items.some(isOld))) return held
  const pages = held.pages.map((page) =>
    page.items.some(isOld) ? { ...page, items: page.items.map((item) => current.get(item.id) ?? item) } : page,
  )
  return { ...held, pages }
}
