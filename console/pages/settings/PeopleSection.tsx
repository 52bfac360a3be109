import { Button, Checkbox, Group, TextInput } from '@mantine/core'
import { useCompany } from '../../app/company'
import { ChoiceField } from './fields'
import { Section } from './Section'
import classes from './settings.module.css'
import { events } from './settingsDocument'
import { useSettingsForm } from './settingsForm'
import { eventNames } from './settingsWords'

/** People of the company who are told of chosen events. */
export function PeopleSection() {
  const form = useSettingsForm()
  const { mayChange } = useCompany()
  const { internalRecipients } = form.values
  const add = () => form.insertListItem('internalRecipients', { method: 'email', address: '', events: ['confirmed'] })
  return (
    <Section
      title="Internal recipients"
      about="People of the company who are told too, at any hour: of confirmed routes once a route, of the rest once a stop."
    >
      {internalRecipients.map((recipient, index) => {
        const path = `internalRecipients.${index}`
        const name = recipient.address === '' ? `recipient ${index + 1}` : recipient.address
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the document gives them no other identity
          <fieldset key={index} className={classes.person} aria-label={name}>
            <ChoiceField path={`${path}.method`} label="By" choices={{ email: 'Email', sms: 'Text' }} />
            <TextInput name={`${path}.address`} label="Address" {...form.getInputProps(`${path}.address`)} />
            <Checkbox.Group label="Events" {...form.getInputProps(`${path}.events`)}>
              <Group gap="sm" mt={4}>
                {events.map((event) => (
                  <Checkbox key={event} name={`${path}.events`} value={event} label={eventNames[event]} />
                ))}
              </Group>
            </Checkbox.Group>
            {mayChange && (
              <Button
                variant="default"
                aria-label={`Remove ${name}`}
                onClick={() => form.removeListItem('internalRecipients', index)}
              >
                Remove
              </Button>
            )}
          </fieldset>
        )
      })}
      {internalRecipients.length === 0 && !mayChange && <p className={classes.about}>There is none.</p>}
      {mayChange && (
        <div>
          <Button variant="default" onClick={add}>
            Add recipient
          </Button>
        </div>
      )}
    </Section>
  )
}
