import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'
import { usePrinting } from './usePrinting'

/** So many rows are drawn without thinking. */
const fewRows = 100

export interface RowWindow {
  /** The rows that are drawn: from `first` to before `end`. */
  first: number
  end: number
  /** The space that the others would take, in pixels. */
  above: number
  below: number
  /** For each drawn row, which has to carry its place in `data-index`. */
  measure: (row: HTMLElement | null) => void
}

/** Which rows of a list are drawn: of a long one those near what is seen, so that thousands stay smooth; on paper all. */
export function useRowWindow(list: RefObject<HTMLElement | null>, count: number): RowWindow {
  const printing = usePrinting()
  const [top, setTop] = useState(0)
  const rows = useWindowVirtualizer<HTMLElement>({ count, estimateSize: () => 36, overscan: 15, scrollMargin: top })
  // Whatever stands above the list may have grown.
  useLayoutEffect(() => {
    const rect = list.current?.getBoundingClientRect()
    if (rect !== undefined) setTop(Math.round(rect.top + window.scrollY))
  })
  const drawn = rows.getVirtualItems()
  const [first, last] = [drawn.at(0), drawn.at(-1)]
  if (count <= fewRows || printing || first === undefined || last === undefined)
    return { first: 0, end: count, above: 0, below: 0, measure: () => {} }
  return {
    first: first.index,
    end: last.index + 1,
    above: first.start - top,
    below: rows.getTotalSize() - (last.end - top),
    measure: rows.measureElement,
  }
}
