import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { FormDialog } from '../../parts/FormDialog'
import { fieldErrors } from '../../parts/fieldErrors'
import { useChange } from '../../parts/useChange'
import { channelChoices } from '../../parts/words'

const empty = { address: '', channel: 'sms', action: 'revoked', source: '', note: '' }

/** Records what somebody has said about being told. */
export function ConsentDialog({ onClose }: { onClose: () => void }) {
  const { companyId } = useCompany()
  const form = useForm({ initialValues: empty })
  const add = useChange({
    change: ({ note, ...body }: typeof empty) =>
      answered(
        api.POST('/v1/companies/{companyId}/consents', {
          params: { path: { companyId } },
          body: { ...body, ...(note !== '' && { note }) } as Shown['ConsentBody'],
        }),
      ),
    makesOld: [['consents', companyId]],
    done: () => 'The consent is recorded.',
  })
  const submit = form.onSubmit((body) =>
    add.mutate(body, { onSuccess: onClose, onError: (error) => form.setErrors(fieldErrors(error)) }),
  )
  return (
    <FormDialog
      title="Add a consent"
      does="Add"
      onClose={onClose}
      onSubmit={submit}
      pending={add.isPending}
      error={add.error}
      shownElsewhere={Object.keys(empty)}
    >
      <NativeSelect label="Channel" data={channelChoices} {...form.getInputProps('channel')} />
      <TextInput label="Address" description="Phone number or email" required {...form.getInputProps('address')} />
      <NativeSelect
        label="What they said"
        data={[
          { value: 'revoked', label: 'Do not write to me' },
          { value: 'granted', label: 'You may write to me' },
        ]}
        {...form.getInputProps('action')}
      />
      <TextInput
        label="Source"
        description="How it is known: phone call, letter"
        required
        {...form.getInputProps('source')}
      />
      <TextInput label="Note" {...form.getInputProps('note')} />
    </FormDialog>
  )
}
