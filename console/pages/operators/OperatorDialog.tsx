import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useCompany } from '../../app/company'
import type { Shown } from '../../client/api'
import { useCompanies } from '../../client/companies'
import { FormDialog } from '../../parts/FormDialog'
import { fieldErrors } from '../../parts/fieldErrors'
import { PasswordLink } from './PasswordLink'
import { type OperatorForm, useSaveOperator } from './useSaveOperator'

/** Adds an operator, and then shows the link by which they set their password; or changes one. */
export function OperatorDialog({ operator, onClose }: { operator: Shown['Operator'] | null; onClose: () => void }) {
  const { companyId, operator: self } = useCompany()
  const { data: companies = [] } = useCompanies()
  const form = useForm<OperatorForm>({
    initialValues:
      operator === null
        ? { name: '', email: '', role: 'dispatch', companyId: self.companyId ?? companyId }
        : { ...operator, companyId: operator.companyId ?? '' },
  })
  const save = useSaveOperator(operator)
  const chosen = form.values.companyId
  const isListed = chosen === '' || companies.some((company) => company.companyId === chosen)
  if (save.data !== undefined && 'passwordLink' in save.data)
    return <PasswordLink name={save.data.name} link={save.data.passwordLink} onClose={onClose} />
  const submit = form.onSubmit((values) =>
    save.mutate(values, {
      onSuccess: () => operator !== null && onClose(),
      onError: (error) => form.setErrors(fieldErrors(error)),
    }),
  )
  return (
    <FormDialog
      title={operator === null ? 'Add an operator' : `Change ${operator.name}`}
      does={operator === null ? 'Add' : 'OK'}
      onClose={onClose}
      onSubmit={submit}
      pending={save.isPending}
      error={save.error}
      shownElsewhere={['name', 'email', 'role', 'companyId']}
    >
      <TextInput
        label="Name"
        description="Who is shown to have changed something"
        required
        data-autofocus
        {...form.getInputProps('name')}
      />
      {operator === null && (
        <TextInput
          label="Email"
          description="With it they sign in"
          type="email"
          autoComplete="off"
          required
          {...form.getInputProps('email')}
        />
      )}
      <NativeSelect
        label="Role"
        data={roles.filter(({ value }) => self.role === 'admin' || value !== 'admin')}
        {...form.getInputProps('role')}
      />
      {self.companyId === null && (
        <NativeSelect
          label="Company"
          data={[
            { value: '', label: 'Every company' },
            ...companies.map((company) => ({ value: company.companyId, label: company.name })),
            // Until the companies are read, and of a company that is not among those.
            ...(isListed ? [] : [{ value: chosen, label: chosen }]),
          ]}
          {...form.getInputProps('companyId')}
        />
      )}
    </FormDialog>
  )
}

const roles = [
  { value: 'viewer', label: 'viewer: reads, with customers masked' },
  { value: 'dispatch', label: 'dispatch: does everything of the company' },
  { value: 'admin', label: 'admin: does everything, and manages operators' },
]
