import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { SearchField } from '../../parts/SearchField'
import { statusWords } from '../../parts/statusWords'
import { useKeys } from '../../parts/useKeys'
import { channelWords, eventWords } from '../../parts/words'
import classes from './Messages.module.css'
import type { MessageFilter } from './messageFilter'
import { statuses } from './statuses'

interface FiltersProps {
  filter: MessageFilter
  set: (name: string, value: string | null) => void
  clear: () => void
}

/** What is looked for; all of it stands in the page's address. `/` goes to the first field. */
export function Filters({ filter, set, clear }: FiltersProps) {
  const first = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => first.current?.focus() })
  const select = (name: 'status' | 'event' | 'channel', label: string, options: Record<string, string>) => (
    <NativeSelect
      label={label}
      value={filter[name] ?? ''}
      onChange={({ currentTarget }) => set(name, currentTarget.value)}
      data={[{ value: '', label: 'All' }, ...Object.entries(options).map(([value, label]) => ({ value, label }))]}
    />
  )
  return (
    <search className={classes.filters} data-no-print>
      <SearchField
        inputRef={first}
        label="Recipient"
        placeholder="Press / to search"
        value={filter.recipient ?? ''}
        onSearch={(value) => set('recipient', value)}
      />
      <SearchField
        label="Contract"
        value={filter.contractNumber ?? ''}
        onSearch={(value) => set('contractNumber', value)}
      />
      <SearchField label="Route" value={filter.routeId ?? ''} onSearch={(value) => set('routeId', value)} />
      <TextInput
        label="Day of the route"
        type="date"
        value={filter.serviceDate ?? ''}
        onChange={({ currentTarget }) => set('serviceDate', currentTarget.value)}
      />
      {select('status', 'Status', Object.fromEntries(statuses.map((status) => [status, statusWords({ status }).text])))}
      {select('event', 'About', eventWords)}
      {select('channel', 'Channel', channelWords)}
      {Object.keys(filter).length > 0 && (
        <Button variant="subtle" onClick={clear}>
          Clear
        </Button>
      )}
    </search>
  )
}
