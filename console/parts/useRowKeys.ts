import { type RefObject, useRef } from 'react'
import { useKeys } from './useKeys'

/** `j` and `k` move the focus through the elements with `data-row` inside the one that gets the answered ref. */
export function useRowKeys<Element extends HTMLElement>(): RefObject<Element | null> {
  const list = useRef<Element>(null)
  const step = (by: 1 | -1) => () => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const next = at === -1 ? rows.at(by === 1 ? 0 : -1) : rows[at + by]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({ j: step(1), k: step(-1) })
  return list
}
