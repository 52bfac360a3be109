import { createFormContext } from '@mantine/form'
import type { ContractFormValues } from './contractForm'

/** The contract as it is being edited. */
export const [ContractFormProvider, useContractForm, useCreateContractForm] = createFormContext<ContractFormValues>()
