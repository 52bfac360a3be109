import { TextInput } from '@mantine/core'
import { type Ref, useEffect, useState } from 'react'

/** So long nothing is typed before it is looked for. */
const pauseMs = 350

interface SearchFieldProps {
  label: string
  placeholder?: string
  value: string
  onSearch: (value: string) => void
  inputRef?: Ref<HTMLInputElement>
}

/** A field that looks for what is in it: after a pause, on Enter, and for nothing after Escape. */
export function SearchField({ label, placeholder, value, onSearch, inputRef }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const sought = typed.trim()
  useEffect(() => setTyped(value), [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the pause
  useEffect(() => {
    if (sought === value) return
    const timer = setTimeout(() => onSearch(sought), pauseMs)
    return () => clearTimeout(timer)
  }, [sought])
  return (
    <TextInput
      ref={inputRef}
      type="search"
      label={label}
      placeholder={placeholder}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSearch(sought)
        if (event.key !== 'Escape') return
        setTyped('')
        onSearch('')
        event.currentTarget.blur()
      }}
    />
  )
}
