import { Button, Pill, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { order, problemsAt } from './fields'
import classes from './settings.module.css'
import { useSettingsForm } from './settingsForm'
import { fieldName } from './settingsWords'

/** The company's own closed days. */
export function Holidays() {
  const form = useSettingsForm()
  const { times, mayChange } = useCompany()
  const [date, setDate] = useState('')
  const { holidays } = form.values
  const add = () => {
    if (date !== '' && !holidays.includes(date)) form.setFieldValue('holidays', [...holidays, date].sort())
    setDate('')
  }
  const inWords = (each: string) => `${times.dayOfDate(each)}, ${each.slice(0, 4)}`
  if (!mayChange)
    return (
      <Textarea readOnly autosize label={fieldName('holidays')} value={holidays.map(inWords).join('\n') || 'none'} />
    )
  return (
    <div className={classes.list}>
      <div className={classes.adding}>
        <TextInput
          inputWrapperOrder={order}
          type="date"
          name="holidays"
          label={fieldName('holidays')}
          description="Days on which the company is closed."
          value={date}
          onChange={({ currentTarget }) => setDate(currentTarget.value)}
          error={problemsAt(form.errors, 'holidays')}
        />
        <Button variant="default" onClick={add} disabled={date === ''}>
          Add holiday
        </Button>
      </div>
      {holidays.length > 0 && (
        <Pill.Group>
          {holidays.map((each) => (
            <Pill
              key={each}
              size="md"
              withRemoveButton
              removeButtonProps={{ 'aria-label': `Remove ${each}`, tabIndex: 0, 'aria-hidden': false }}
              onRemove={() =>
                form.setFieldValue(
                  'holidays',
                  holidays.filter((other) => other !== each),
                )
              }
            >
              {inWords(each)}
            </Pill>
          ))}
        </Pill.Group>
      )}
    </div>
  )
}

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** Whose public holidays are closed days too. */
export function PublicHolidays() {
  const form = useSettingsForm()
  const readOnly = !useCompany().mayChange
  const { holidayCalendar } = form.values
  const country = holidayCalendar?.country ?? ''
  const set = (next: { country: string; state?: string }) =>
    form.setFieldValue('holidayCalendar', next.country === '' ? null : next)
  return (
    <div className={classes.grid}>
      <TextInput
        inputWrapperOrder={order}
        name="holidayCalendar.country"
        readOnly={readOnly}
        label={fieldName('holidayCalendar.country')}
        description={nameOf(country) ?? 'A code such as US; empty: none.'}
        value={country}
        maxLength={2}
        onChange={({ currentTarget }) => set({ country: currentTarget.value.toUpperCase() })}
        error={problemsAt(form.errors, 'holidayCalendar.country') ?? form.errors.holidayCalendar}
      />
      {holidayCalendar !== null && (
        <TextInput
          inputWrapperOrder={order}
          name="holidayCalendar.state"
          readOnly={readOnly}
          label={fieldName('holidayCalendar.state')}
          description="A code such as TX; empty: those of the whole country."
          value={holidayCalendar.state ?? ''}
          onChange={({ currentTarget: { value } }) =>
            set({ country, ...(value !== '' && { state: value.toUpperCase() }) })
          }
          error={form.errors['holidayCalendar.state']}
        />
      )}
    </div>
  )
}

function nameOf(country: string): string | undefined {
  return /^[A-Z]{2}$/.test(country) ? countryNames.of(country) : undefined
}
