import { Button, VisuallyHidden } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Empty } from './Empty'
import { Failed } from './Failed'
import classes from './KeysetTable.module.css'
import { Loading } from './Loading'
import { useRowKeys } from './useRowKeys'

export interface Column<Item> {
  header: string
  cell: (item: Item) => ReactNode
  /** Numbers stand at the right. */
  align?: 'right'
}

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

interface KeysetTableProps<Item> {
  /** What the rows are: “messages”. */
  what: string
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>
  columns: readonly Column<Item>[]
  keyOf: (item: Item) => string
  /** Enter or a click on a row. */
  open?: (item: Item) => void
  empty: ReactNode
}

/**
 * A list of the API that comes in pages (`?limit=&cursor=`), as a table; on a narrow screen each row is a card. `j` and `k`
 * move through it, Enter opens.
 */
export function KeysetTable<Item>({ what, query, columns, keyOf, open, empty }: KeysetTableProps<Item>) {
  const body = useRowKeys<HTMLTableSectionElement>()
  if (query.data === undefined)
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <Loading what={what} lines={8} />
  const items = query.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return typeof empty === 'string' ? <Empty title={empty} /> : empty
  return (
    <>
      <table className={classes.table}>
        <VisuallyHidden component="caption">{what}</VisuallyHidden>
        <thead>
          <tr>
            {columns.map(({ header, align }) => (
              <th key={header} scope="col" data-align={align}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {items.map((item) => (
            <tr
              key={keyOf(item)}
              data-row
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
          ))}
        </tbody>
      </table>
      <div className={classes.foot}>
        <span role="status">
          {items.length} {what}
          {query.hasNextPage ? ' so far' : ''}
        </span>
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
        {query.isFetchNextPageError && <Failed error={query.error} />}
      </div>
    </>
  )
}
