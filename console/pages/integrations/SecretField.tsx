import { Checkbox, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { PasswordField } from '../../parts/PasswordField'

interface SecretFieldProps {
  label: string
  hint: string
  /** Whether one is stored: it stays when nothing is entered. */
  isSet: boolean
  /** Null: the stored one is forgotten. */
  value: string | null
  error: ReactNode
  onChange: (value: string | null) => void
}

/** A secret, which nobody can read back: it is replaced, left as it is, or forgotten. */
export function SecretField({ label, hint, isSet, value, error, onChange }: SecretFieldProps) {
  return (
    <Stack gap={6}>
      <PasswordField
        label={label}
        description={hint}
        placeholder={isSet ? 'Unchanged when left empty' : ''}
        autoComplete="off"
        spellCheck={false}
        disabled={value === null}
        value={value ?? ''}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {isSet && (
        <Checkbox
          label="Forget the stored one"
          aria-label={`Forget the stored one: ${label}`}
          checked={value === null}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : '')}
        />
      )}
    </Stack>
  )
}
