import { Alert, Button, Group } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../client/apiError'
import { LeaveGuard } from '../../parts/LeaveGuard'
import { Problem } from '../../parts/Problem'
import classes from './Contract.module.css'
import { bodyOf, type ContractFormValues, contractErrors, fieldsNamedTwice, formOf, pathsShown } from './contractForm'
import { ContractFormProvider, useCreateContractForm } from './contractFormContext'
import { NotificationRows } from './NotificationRows'
import { SpecialFields } from './SpecialFields'
import { type Contract, useSaveContract } from './useContract'

/** A contract to be changed, as it was when the editing began; what somebody else has saved since is not overwritten unasked. */
export function ContractEditor({ contract, onClose }: { contract: Contract; onClose: () => void }) {
  const [base] = useState(contract)
  const form = useCreateContractForm({ initialValues: formOf(base), validate: fieldsNamedTwice })
  const save = useSaveContract(base.number)
  const element = useRef<HTMLFormElement>(null)
  // The button that opened it is gone, and the focus with it.
  useEffect(() => element.current?.querySelector<HTMLElement>('input')?.focus(), [])
  const [refusals, setRefusals] = useState(0)
  const refused = () => setRefusals((before) => before + 1)
  // Once the problems are drawn, and not whenever one of them is being put right.
  useEffect(() => {
    if (refusals > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])
  const submit = (readAt: string | null) => (values: ContractFormValues) =>
    save.mutate(
      { body: bodyOf(values), readAt },
      {
        onSuccess: onClose,
        onError: (error) => {
          form.setErrors(contractErrors(error, values))
          refused()
        },
      },
    )
  const isOvertaken = save.error instanceof ApiError && save.error.problem.code === 'precondition_failed'
  return (
    <ContractFormProvider form={form}>
      <form ref={element} noValidate onSubmit={form.onSubmit(submit(base.updatedAt), refused)}>
        <div className={classes.sections}>
          <NotificationRows />
          <SpecialFields />
          {isOvertaken && (
            <Alert color="yellow" role="alert" title="Somebody else has changed this contract in the meantime">
              <p>Nothing of yours is saved yet.</p>
              <Group gap="xs" mt="xs">
                <Button onClick={onClose}>Drop mine, show theirs</Button>
                <Button variant="default" onClick={() => submit(null)(form.values)}>
                  Save mine over theirs
                </Button>
              </Group>
            </Alert>
          )}
          {save.error !== null && !isOvertaken && (
            <Problem error={save.error} shownElsewhere={pathsShown(form.values)} />
          )}
          <div className={classes.bar}>
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          </div>
        </div>
      </form>
      <LeaveGuard when={form.isDirty() && !save.isSuccess} what="The contract has changes that are not saved." />
    </ContractFormProvider>
  )
}
