import { NumberInput, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { FormDialog } from '../../parts/FormDialog'
import { fieldErrors } from '../../parts/fieldErrors'
import { type Task, useSaveTask } from './useTask'

const usual = { description: 'Dispatch notification', active: true, intervalMinutes: 5, priority: 3 }

/** Creates the task, or edits it. */
export function TaskDialog({ task, onClose }: { task: Task | null; onClose: () => void }) {
  const { description, active, intervalMinutes, priority } = task ?? usual
  const form = useForm({ initialValues: { description, active, intervalMinutes, priority } })
  const save = useSaveTask(() => 'The task is saved.')
  const submit = form.onSubmit((body) =>
    save.mutate(body, { onSuccess: onClose, onError: (error) => form.setErrors(fieldErrors(error)) }),
  )
  return (
    <FormDialog
      title={task === null ? 'Create the task' : 'Edit the task'}
      does={task === null ? 'Create' : 'OK'}
      onClose={onClose}
      onSubmit={submit}
      pending={save.isPending}
      error={save.error}
      shownElsewhere={Object.keys(usual)}
    >
      <TextInput label="Description" required data-autofocus {...form.getInputProps('description')} />
      <NumberInput
        label="Interval in minutes"
        description="1 to 1440"
        required
        allowDecimal={false}
        clampBehavior="none"
        {...form.getInputProps('intervalMinutes')}
      />
      <NumberInput
        label="Priority"
        description="1 to 5; 1 is the most urgent"
        required
        allowDecimal={false}
        clampBehavior="none"
        {...form.getInputProps('priority')}
      />
      <Switch
        label="Active"
        description="Inactive: it runs only by hand and when the dispatch center is first opened in a day"
        {...form.getInputProps('active', { type: 'checkbox' })}
      />
    </FormDialog>
  )
}
