import { Button, VisuallyHidden } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { Fragment, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { Empty } from './Empty'
import { Failed } from './Failed'
import classes from './KeysetTable.module.css'
import { Loading } from './Loading'
import { useNearby } from './useNearby'
import { useRowKeys } from './useRowKeys'
import { useRowWindow } from './useRowWindow'
import { count } from './words'

export interface Column<Item> {
  header: string
  cell: (item: Item) => ReactNode
  /** Numbers stand at the right. */
  align?: 'right'
  /** Of its place in the whole width, as CSS has it. With it, columns stay where they are while one scrolls. */
  width?: string
}

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

interface KeysetTableProps<Item> {
  /** What a row is, and what several are: “message”, “messages”. */
  what: readonly [one: string, many: string]
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>
  columns: readonly Column<Item>[]
  keyOf: (item: Item) => string
  /** Enter or a click on a row. */
  open?: (item: Item) => void
  /** Hears which rows are seen, by their places: from the first to before the last. */
  onWindow?: (first: number, end: number) => void
  empty: ReactNode
}

/**
 * A list of the API that comes in pages (`?limit=&cursor=`), as a table; on a narrow screen each row is a card. The next page
 * comes when one gets near it, and of thousands of rows only those near what is seen are drawn. `j` and `k` move through
 * it, Enter opens.
 */
export function KeysetTable<Item>({
  what: [one, many],
  query,
  columns,
  keyOf,
  open,
  onWindow,
  empty,
}: KeysetTableProps<Item>) {
  const body = useRowKeys<HTMLTableSectionElement>()
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  // biome-ignore lint/correctness/useExhaustiveDependencies: how a list names its rows never changes
  const keys = useMemo(() => items.map(keyOf), [items])
  const { rows, below, first, end, measure, onFocus } = useRowWindow(body, keys)
  useEffect(() => onWindow?.(first, end), [onWindow, first, end])
  const more = useRef<HTMLButtonElement>(null)
  useNearby(more, () => {
    if (query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError) void query.fetchNextPage()
  })
  if (query.data === undefined)
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <Loading what={many} lines={8} />
  if (items.length === 0) return typeof empty === 'string' ? <Empty title={empty} /> : empty
  return (
    <>
      <table
        className={classes.table}
        data-fixed={columns.some(({ width }) => width !== undefined) || undefined}
        aria-rowcount={query.hasNextPage ? -1 : items.length + 1}
      >
        <VisuallyHidden component="caption">{many}</VisuallyHidden>
        <thead>
          <tr>
            {columns.map(({ header, align, width }) => (
              <th key={header} scope="col" data-align={align} style={{ width }}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onFocus={onFocus}>
          {rows.map(({ index, gap }) => {
            const item = items[index]
            if (item === undefined) return null
            return (
              <Fragment key={keyOf(item)}>
                {gap > 0 && <tr style={{ height: gap }} />}
                <tr
                  ref={measure}
                  data-row
                  data-index={index}
                  aria-rowindex={index + 2}
                  tabIndex={-1}
                  data-opens={open !== undefined || undefined}
                  onClick={() => open?.(item)}
                  onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && open?.(item)}
                >
                  {columns.map(({ header, cell, align }) => (
                    <td key={header} data-label={header} data-align={align}>
                      {cell(item)}
                    </td>
                  ))}
                </tr>
              </Fragment>
            )
          })}
          {below > 0 && <tr style={{ height: below }} />}
        </tbody>
      </table>
      <div className={classes.foot}>
        <span role="status">
          {count(items.length, one, many)}
          {query.hasNextPage ? ' so far' : ''}
        </span>
        {query.hasNextPage && (
          <Button
            ref={more}
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        )}
        {query.isFetchNextPageError && <Failed error={query.error} />}
      </div>
    </>
  )
}
