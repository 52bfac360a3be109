import { Checkbox, NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCompany } from '../../app/company'
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
  const { value, onChange, error, ...props } = form.getInputProps(path)
  return (
    <NumberInput
      {...props}
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

interface ChoiceFieldProps extends FieldProps {
  choices: Readonly<Record<string, string>>
  /** The field's name, unless the path has one. */
  label?: string
}

/** One of a few; whoever may only read sees which. A number of the document stays one. */
export function ChoiceField({ path, about, choices, label = fieldName(path) }: ChoiceFieldProps) {
  const { mayChange } = useCompany()
  const form = useSettingsForm()
  const { value, onChange, ...props } = form.getInputProps(path)
  const shared = { ...props, inputWrapperOrder: order, name: path, label, description: about }
  // In lines, since it may be a sentence.
  if (!mayChange) return <Textarea {...shared} autosize value={choices[value] ?? value} />
  const set = (chosen: string) => onChange(typeof value === 'number' ? Number(chosen) : chosen)
  const data = Object.entries(choices).map(([value, label]) => ({ value, label }))
  return (
    <NativeSelect
      {...shared}
      data={data}
      value={`${value}`}
      onChange={({ currentTarget }) => set(currentTarget.value)}
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
  const { mayChange } = useCompany()
  const shared = { name: path, label: fieldName(path), description: about, 'aria-readonly': !mayChange || undefined }
  return <Checkbox {...shared} {...form.getInputProps(path, { type: 'checkbox' })} />
}

export function SwitchField({ path, about }: FieldProps) {
  const form = useSettingsForm()
  const { mayChange } = useCompany()
  const shared = { name: path, label: fieldName(path), description: about, 'aria-readonly': !mayChange || undefined }
  return <Switch {...shared} {...form.getInputProps(path, { type: 'checkbox' })} />
}

/** The problems of a field and of what is in it. */
export function problemsAt(errors: Record<string, unknown>, path: string) {
  const found = Object.entries(errors).filter(([key]) => key === path || key.startsWith(`${path}.`))
  return found.length === 0 ? undefined : found.map(([, message]) => String(message)).join(' ')
}
