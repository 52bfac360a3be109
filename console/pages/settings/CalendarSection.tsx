import { Button, Checkbox, Group, Pill, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { order, TimeField } from './fields'
import { Section } from './Section'
import classes from './settings.module.css'
import { useSettingsForm } from './settingsForm'
import { fieldName, weekdays } from './settingsWords'

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** Which days are open, and which hours are quiet. */
export function CalendarSection() {
  const form = useSettingsForm()
  const { businessDays, timeZone, quietHours } = form.values
  const known = zones.includes(timeZone) ? zones : [timeZone, ...zones]
  return (
    <>
      <Section title="Calendar">
        <div className={classes.grid}>
          <Select
            name="timeZone"
            label={fieldName('timeZone')}
            data={known}
            searchable
            limit={80}
            allowDeselect={false}
            {...form.getInputProps('timeZone')}
          />
          <TimeField path="opensAt" about="Before the time of confirmations." />
        </div>
        <Checkbox.Group
          label={fieldName('businessDays')}
          value={businessDays.map(String)}
          onChange={(days) => form.setFieldValue('businessDays', days.map(Number).sort())}
          error={problemsAt(form.errors, 'businessDays')}
        >
          <Group gap="md" mt={4}>
            {weekdays.map((day, index) => (
              <Checkbox key={day} name="businessDays" value={`${index + 1}`} label={day} />
            ))}
          </Group>
        </Checkbox.Group>
        <Holidays />
        <PublicHolidays />
      </Section>
      <Section title="Quiet hours" about="No text message is sent in them, in the zone of the stop; emails are.">
        <Switch
          name="quietHours"
          label={fieldName('quietHours')}
          checked={quietHours !== null}
          onChange={({ currentTarget: { checked } }) =>
            form.setFieldValue('quietHours', checked ? { from: '21:00', to: '08:00' } : null)
          }
          error={form.errors.quietHours}
        />
        {quietHours !== null && (
          <div className={classes.grid}>
            <TimeField path="quietHours.from" />
            <TimeField path="quietHours.to" />
          </div>
        )}
      </Section>
    </>
  )
}

function Holidays() {
  const form = useSettingsForm()
  const { times } = useCompany()
  const [date, setDate] = useState('')
  const { holidays } = form.values
  const add = () => {
    if (date !== '' && !holidays.includes(date)) form.setFieldValue('holidays', [...holidays, date].sort())
    setDate('')
  }
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
              {times.dayOfDate(each)}, {each.slice(0, 4)}
            </Pill>
          ))}
        </Pill.Group>
      )}
    </div>
  )
}

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

function PublicHolidays() {
  const form = useSettingsForm()
  const { holidayCalendar } = form.values
  const country = holidayCalendar?.country ?? ''
  const set = (next: { country: string; state?: string }) =>
    form.setFieldValue('holidayCalendar', next.country === '' ? null : (next as typeof holidayCalendar))
  return (
    <div className={classes.grid}>
      <TextInput
        inputWrapperOrder={order}
        name="holidayCalendar.country"
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

/** The problems of a field and of what is in it. */
function problemsAt(errors: Record<string, unknown>, path: string) {
  const found = Object.entries(errors).filter(([key]) => key === path || key.startsWith(`${path}.`))
  return found.length === 0 ? undefined : found.map(([, message]) => String(message)).join(' ')
}
