import { Button, Checkbox, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Copyable } from '../../parts/Copyable'
import { PasswordField } from '../../parts/PasswordField'
import classes from './integrations.module.css'

interface SecretFieldProps {
  label: string
  hint: string
  /** Whether one is stored: it stays when nothing is entered. */
  isSet: boolean
  /** Whether it is ours to choose, and the vendor's to be told. */
  isOurs: boolean
  /** Null: the stored one is forgotten. */
  value: string | null
  error: ReactNode
  onChange: (value: string | null) => void
}

/** A secret, which nobody can read back: it is replaced, left as it is, or forgotten. */
export function SecretField({ label, hint, isSet, isOurs, value, error, onChange }: SecretFieldProps) {
  const [made, setMade] = useState<string | null>(null)
  const make = () => {
    const secret = newSecret()
    setMade(secret)
    onChange(secret)
  }
  return (
    <Stack gap={6}>
      <PasswordField
        label={label}
        description={hint}
        placeholder={isSet ? 'Unchanged when left empty' : ''}
        autoComplete="new-password"
        spellCheck={false}
        disabled={value === null}
        value={value ?? ''}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {isOurs && value === '' && (
        <Button variant="default" size="compact-sm" className={classes.make} onClick={make}>
          Make one
        </Button>
      )}
      {made !== null && value === made && (
        <div role="status">
          <p className={classes.about}>Copy it now, for the vendor’s side. Once it is stored nobody can look it up.</p>
          <Copyable text={made} what={label} />
        </div>
      )}
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

/** 24 random bytes in base64, which every vendor can sign with. */
function newSecret(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
}
