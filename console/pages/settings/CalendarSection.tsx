import { Checkbox, Group, Select, Switch } from '@mantine/core'
import { useCompany } from '../../app/company'
import { problemsAt, TimeField } from './fields'
import { Holidays, PublicHolidays } from './Holidays'
import { Section } from './Section'
import classes from './settings.module.css'
import { useSettingsForm } from './settingsForm'
import { fieldName, weekdays } from './settingsWords'

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** Which days are open, and which hours are quiet. */
export function CalendarSection() {
  const form = useSettingsForm()
  const { mayChange } = useCompany()
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
          onChange={(days) => mayChange && form.setFieldValue('businessDays', days.map(Number).sort())}
          readOnly={!mayChange}
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
            mayChange && form.setFieldValue('quietHours', checked ? { from: '21:00', to: '08:00' } : null)
          }
          aria-readonly={!mayChange}
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
