import { ActionIcon, Button, Group, TextInput } from '@mantine/core'

const dayMs = 86_400_000

interface DayPickerProps {
  /** `2026-12-02` */
  day: string
  today: string
  onChange: (day: string) => void
}

/** The day before, the day after, today, or any. The browser's own field: it speaks every operator's language. */
export function DayPicker({ day, today, onChange }: DayPickerProps) {
  const step = (days: number) => onChange(new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10))
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon variant="default" size={32} aria-label="The day before" onClick={() => step(-1)}>
        ‹
      </ActionIcon>
      <TextInput
        type="date"
        aria-label="Day"
        value={day}
        onChange={({ currentTarget: { value } }) => value !== '' && onChange(value)}
      />
      <ActionIcon variant="default" size={32} aria-label="The day after" onClick={() => step(1)}>
        ›
      </ActionIcon>
      <Button variant="default" h={32} px={10} disabled={day === today} onClick={() => onChange(today)}>
        Today
      </Button>
    </Group>
  )
}
