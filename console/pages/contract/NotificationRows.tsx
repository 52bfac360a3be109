import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { channelChoices, eventWords } from '../../parts/words'
import classes from './Contract.module.css'
import { useContractForm } from './contractFormContext'
import { Section } from './Section'
import { useListFocus } from './useListFocus'

const events = Object.entries(eventWords)
const usual = ['confirmed', 'arrived', 'departed'] as const

/** The delivery notifications of the contract that is edited. */
export function NotificationRows() {
  const form = useContractForm()
  const rows = form.values.deliveryNotifications
  const focus = useListFocus(rows.length)
  const add = () =>
    form.insertListItem('deliveryNotifications', {
      ...{ method: 'sms', address: '', events: [...usual], onlyIfTextFails: false },
    })
  return (
    <Section title="Delivery notifications" about="The only addresses that are told about this contract.">
      <div ref={focus.list}>
        {rows.map(({ method, address }, place) => {
          const path = `deliveryNotifications.${place}`
          const name = address === '' ? `recipient ${place + 1}` : address
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the contract gives them no other identity
            <fieldset key={place} className={classes.row} aria-label={name}>
              <NativeSelect label="By" data={channelChoices} {...form.getInputProps(`${path}.method`)} />
              <TextInput label="Address" required {...form.getInputProps(`${path}.address`)} />
              <div className={classes.events}>
                <Checkbox.Group label="Is told of" {...form.getInputProps(`${path}.events`)}>
                  <Group gap="8px 16px" mt={4}>
                    {events.map(([event, label]) => (
                      <Checkbox key={event} value={event} label={label} />
                    ))}
                  </Group>
                </Checkbox.Group>
                {method === 'email' && (
                  <Checkbox
                    mt={10}
                    label="Only when the text to this contract fails"
                    {...form.getInputProps(`${path}.onlyIfTextFails`, { type: 'checkbox' })}
                  />
                )}
              </div>
              <Button
                variant="default"
                aria-label={`Remove ${name}`}
                onClick={() => form.removeListItem('deliveryNotifications', place)}
              >
                Remove
              </Button>
            </fieldset>
          )
        })}
      </div>
      <div>
        <Button ref={focus.add} variant="default" onClick={add}>
          Add a recipient
        </Button>
      </div>
    </Section>
  )
}
