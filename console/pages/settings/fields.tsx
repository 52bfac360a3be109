import { Checkbox, NumberInput, Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSettingsForm } from './settingsForm'
import { fieldName } from './settingsWords'

/** What there is to say stands below, so that inputs beside each other are level. */
export const order = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

interface FieldProps {
  path: string
  about?: ReactNode
}

/** A whole number. `nullable`: empty means none. What is allowed is the API's to say. */
export function NumberField({
  path,
  about,
  unit,
  nullable = false,
}: FieldProps & { unit: string; nullable?: boolean }) {
  const form = useSettingsForm()
  const { value, onChange, error } = form.getInputProps(path)
  return (
    <NumberInput
      inputWrapperOrder={order}
      name={path}
      label={fieldName(path)}
      description={about}
      value={value ?? ''}
      onChange={(given) => onChange(given === '' && nullable ? null : given)}
      error={error}
      suffix={` ${unit}`}
      allowDecimal={false}
      placeholder={nullable ? 'none' : undefined}
    />
  )
}

/** A time of day, as the browser's own field. */
export function TimeField({ path, about }: FieldProps) {
  const form = useSettingsForm()
  return (
    <TextInput
      inputWrapperOrder={order}
      type="time"
      name={path}
      label={fieldName(path)}
      description={about}
      {...form.getInputProps(path)}
    />
  )
}

export function CheckField({ path, about }: FieldProps) {
  const form = useSettingsForm()
  return (
    <Checkbox
      name={path}
      label={fieldName(path)}
      description={about}
      {...form.getInputProps(path, { type: 'checkbox' })}
    />
  )
}

export function SwitchField({ path, about }: FieldProps) {
  const form = useSettingsForm()
  return (
    <Switch
      name={path}
      label={fieldName(path)}
      description={about}
      {...form.getInputProps(path, { type: 'checkbox' })}
    />
  )
}
