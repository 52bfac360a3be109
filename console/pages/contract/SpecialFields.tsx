import { Button, TextInput } from '@mantine/core'
import classes from './Contract.module.css'
import { useContractForm } from './contractFormContext'
import { Section } from './Section'
import { useListFocus } from './useListFocus'

/** The customer's name and the special fields of the contract that is edited. */
export function SpecialFields() {
  const form = useContractForm()
  const focus = useListFocus(form.values.fields.length)
  return (
    <Section
      title="Special fields"
      about="What messages are filled in with, as customer.name and contract.fields.NAME."
    >
      <TextInput label="Customer’s name" required maw={420} {...form.getInputProps('customer.name')} />
      <div ref={focus.list} className={classes.fields}>
        {form.values.fields.map(({ name }, place) => {
          const called = name === '' ? `field ${place + 1}` : name
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name that is being typed is no identity
            <fieldset key={place} className={classes.field} aria-label={called}>
              <TextInput label="Field" required {...form.getInputProps(`fields.${place}.name`)} />
              <TextInput label="Value" {...form.getInputProps(`fields.${place}.value`)} />
              <Button
                variant="default"
                aria-label={`Remove ${called}`}
                onClick={() => form.removeListItem('fields', place)}
              >
                Remove
              </Button>
            </fieldset>
          )
        })}
      </div>
      <div>
        <Button
          ref={focus.add}
          variant="default"
          onClick={() => form.insertListItem('fields', { name: '', value: '' })}
        >
          Add a field
        </Button>
      </div>
    </Section>
  )
}
