import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { FormDialog } from '../../parts/FormDialog'
import { fieldErrors } from '../../parts/fieldErrors'
import { useChange } from '../../parts/useChange'
import { vendorWords } from '../../parts/words'
import { bodyOf, formOf, type IntegrationForm } from './integrationForm'
import { SecretField } from './SecretField'
import { fields, isSecret, vendors } from './vendors'

interface IntegrationDialogProps {
  vendor: Shown['Integration']['vendor']
  integration: Shown['Integration'] | undefined
  onClose: () => void
}

/** Sets an integration up, or edits it: its secrets are written and never read. */
export function IntegrationDialog({ vendor, integration, onClose }: IntegrationDialogProps) {
  const { companyId } = useCompany()
  const title = vendorWords[vendor]
  const { fields: held, secretIsOurs } = vendors[vendor]
  const form = useForm({ initialValues: formOf(integration) })
  const save = useChange({
    change: (values: IntegrationForm) =>
      answered(
        api.PUT('/v1/companies/{companyId}/integrations/{vendor}', {
          params: { path: { companyId, vendor } },
          body: bodyOf(values),
        }),
      ),
    makesOld: [['integrations', companyId]],
    done: () => `${title}: the integration is saved.`,
  })
  const submit = form.onSubmit((values) =>
    save.mutate(values, { onSuccess: onClose, onError: (error) => form.setErrors(fieldErrors(error)) }),
  )
  return (
    <FormDialog
      title={integration === undefined ? `Set up: ${title}` : `Edit: ${title}`}
      does={integration === undefined ? 'Set up' : 'OK'}
      onClose={onClose}
      onSubmit={submit}
      pending={save.isPending}
      error={save.error}
      shownElsewhere={held}
    >
      {held.map((field) =>
        isSecret(field) ? (
          <SecretField
            key={field}
            label={fields[field].label}
            hint={fields[field].hint(vendor)}
            isOurs={field === 'webhookSecret' && secretIsOurs}
            isSet={integration?.[`${field}Set`] ?? false}
            value={form.values[field]}
            error={form.errors[field]}
            onChange={(value) => form.setFieldValue(field, value)}
          />
        ) : (
          <TextInput
            key={field}
            label={fields[field].label}
            description={fields[field].hint(vendor)}
            type="url"
            {...form.getInputProps(field)}
          />
        ),
      )}
    </FormDialog>
  )
}
