import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { FormDialog } from '../../parts/FormDialog'
import { fieldErrors } from '../../parts/fieldErrors'
import { channelChoices } from '../../parts/words'
import { TestOutcome } from './TestOutcome'
import { useProviderTest } from './useProviderTest'

/** Sends one message to try out a channel, and says what the provider answers. */
export function TestMessageDialog({
  channel,
  onClose,
}: {
  channel: Shown['TestMessageBody']['channel']
  onClose: () => void
}) {
  const { companyId } = useCompany()
  const form = useForm<Shown['TestMessageBody']>({ initialValues: { channel, address: '' } })
  const test = useProviderTest((body: Shown['TestMessageBody']) =>
    answered(api.POST('/v1/companies/{companyId}/test-message', { params: { path: { companyId } }, body })),
  )
  return (
    <FormDialog
      title="Send a test message"
      does="Send"
      leaves="Close"
      onClose={onClose}
      onSubmit={form.onSubmit((body) => test.run(body, { onError: (error) => form.setErrors(fieldErrors(error)) }))}
      pending={test.isRunning}
      error={test.error}
      shownElsewhere={['address']}
    >
      <p>One message that says that it is a test, sent as notifications are, whatever the settings say.</p>
      <NativeSelect label="Channel" data={channelChoices} {...form.getInputProps('channel')} />
      <TextInput
        label="Address"
        description="A phone number or email of your own: a person gets it"
        required
        data-autofocus
        {...form.getInputProps('address')}
      />
      <TestOutcome {...test} error={null} />
    </FormDialog>
  )
}
