import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type FocusEvent, type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import { usePrinting } from './usePrinting'

interface Options {
  /** So many rows are drawn without thinking. */
  few?: number
  /** Of a row that has not been drawn yet, in pixels. */
  height?: number
}

export interface RowWindow {
  /** The rows that are drawn, by their places, each with the space above it that those left out would take, in pixels. */
  rows: { index: number; gap: number }[]
  /** The space below the last of them. */
  below: number
  /** The rows that are seen: from `first` to before `end`. */
  first: number
  end: number
  /** For each drawn row, which has to carry its place in `data-index`. */
  measure: (row: HTMLElement | null) => void
  /** For the list: the row that has the focus stays drawn, and with it its neighbours, wherever one scrolls to. */
  onFocus: (event: FocusEvent) => void
}

/**
 * Which rows of a list are drawn: of a long one those near what is seen, so that thousands stay smooth; on paper all. Rows are
 * told apart by their keys, which keep their heights and the focus when the list is put into another order; the keys have
 * to stay the same array while they are the same.
 */
export function useRowWindow(
  list: RefObject<HTMLElement | null>,
  keys: readonly string[],
  { few = 100, height = 36 }: Options = {},
): RowWindow {
  const printing = usePrinting()
  const [top, setTop] = useState(0)
  const [held, setHeld] = useState<string | null>(null)
  const heldAt = held === null ? -1 : keys.indexOf(held)
  const virtual = useWindowVirtualizer<HTMLElement>({
    count: keys.length,
    estimateSize: () => height,
    getItemKey: useCallback((index) => keys[index] ?? index, [keys]),
    rangeExtractor: useCallback((range) => withNeighbours(heldAt, range), [heldAt]),
    // Else the first drawing, before the window has been measured, would have no row, or all.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    overscan: Math.ceil(540 / height),
    scrollMargin: top,
  })
  // Whatever stands above the list may have grown.
  useLayoutEffect(() => {
    const rect = list.current?.getBoundingClientRect()
    if (rect !== undefined) setTop(Math.round(rect.top + window.scrollY))
  })
  const onFocus = (event: FocusEvent) => {
    const index = event.target.closest<HTMLElement>('[data-row]')?.dataset.index
    if (index !== undefined) setHeld(keys[Number(index)] ?? null)
  }
  const drawn = virtual.getVirtualItems()
  if (keys.length <= few || printing) {
    const rows = keys.map((_, index) => ({ index, gap: 0 }))
    return { rows, below: 0, first: 0, end: keys.length, measure: unmeasured, onFocus }
  }
  return {
    rows: drawn.map(({ index, start }, at) => ({ index, gap: start - (drawn[at - 1]?.end ?? top) })),
    below: virtual.getTotalSize() - ((drawn.at(-1)?.end ?? top) - top),
    first: virtual.range?.startIndex ?? 0,
    end: (virtual.range?.endIndex ?? -1) + 1,
    measure: virtual.measureElement,
    onFocus,
  }
}

const unmeasured = () => {}

function withNeighbours(held: number, range: Range): number[] {
  const kept = held === -1 ? [] : [held - 1, held, held + 1].filter((index) => index >= 0 && index < range.count)
  return [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b)
}
