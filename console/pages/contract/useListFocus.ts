import { type RefObject, useEffect, useRef } from 'react'

/**
 * Keeps the focus near a list of inputs that grows and shrinks: in the first input of what was added, and after a removal, which
 * takes the pressed button away, on the button that adds.
 * @returns the refs of the list, whose entries are its fieldsets, and of that button
 */
export function useListFocus(length: number): {
  list: RefObject<HTMLDivElement | null>
  add: RefObject<HTMLButtonElement | null>
} {
  const list = useRef<HTMLDivElement>(null)
  const add = useRef<HTMLButtonElement>(null)
  const before = useRef(length)
  useEffect(() => {
    if (length > before.current)
      [...(list.current?.querySelectorAll('fieldset') ?? [])].at(-1)?.querySelector<HTMLElement>('input')?.focus()
    if (length < before.current) add.current?.focus()
    before.current = length
  }, [length])
  return { list, add }
}
