import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { FormDialog } from '../../parts/FormDialog'
import { fieldErrors } from '../../parts/fieldErrors'
import { ShownOnce } from '../../parts/ShownOnce'
import { useChange } from '../../parts/useChange'

const usual = { name: '', role: 'viewer' }

/** Makes a key of the company that is open, and shows it, once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { companyId, operator } = useCompany()
  const form = useForm({ initialValues: usual })
  const make = useChange({
    change: (body: typeof usual) =>
      answered(api.POST('/v1/api-keys', { body: { ...body, companyId } as Shown['ApiKeyBody'] })),
    makesOld: [['api-keys']],
  })
  if (make.data !== undefined)
    return (
      <ShownOnce title="The key" secret={make.data.key} onClose={onClose}>
        <p>Copy it now. It is shown this once, and nobody can look it up later.</p>
      </ShownOnce>
    )
  return (
    <FormDialog
      title="Make a key"
      does="Make the key"
      onClose={onClose}
      onSubmit={form.onSubmit((body) => make.mutate(body, { onError: (error) => form.setErrors(fieldErrors(error)) }))}
      pending={make.isPending}
      error={make.error}
      shownElsewhere={Object.keys(usual)}
    >
      <TextInput
        label="Name"
        description="Who is shown to have changed something with it"
        required
        data-autofocus
        {...form.getInputProps('name')}
      />
      <NativeSelect
        label="Role"
        data={operator.role === 'admin' ? ['viewer', 'driver', 'dispatch', 'admin'] : ['viewer', 'driver']}
        {...form.getInputProps('role')}
      />
    </FormDialog>
  )
}
