import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { fieldErrors } from '../../parts/fieldErrors'
import { Problem } from '../../parts/Problem'
import { channelWords, eventWords } from '../../parts/words'
import type { Notification } from './useStop'

/** Asks why a message is to be sent again, which is kept, and sends it. */
export function ResendDialog({ notification, close }: { notification: Notification; close: () => void }) {
  const { companyId } = useCompany()
  const queries = useQueryClient()
  const { id, event, channel, recipient, status } = notification
  const form = useForm({ initialValues: { reason: '' } })
  const resend = useMutation({
    mutationFn: (body: { reason: string }) =>
      answered(
        api.POST('/v1/companies/{companyId}/notifications/{id}/resend', { params: { path: { companyId, id } }, body }),
      ),
    async onSuccess() {
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === companyId })
      notifications.show({ message: `It is sent again to ${recipient}.` })
      close()
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  return (
    <Modal opened onClose={close} title={`Send again: ${eventWords[event].toLowerCase()} to ${recipient}`}>
      <form onSubmit={form.onSubmit((body) => resend.mutate(body))}>
        <Stack gap="sm">
          <Text size="sm">
            The {channelWords[channel].toLowerCase()} goes at once, if the facts still call for it and no opt-out or
            quiet hours are against it.{' '}
            {status === 'unknown' && 'Nobody knows whether the first one went out: the customer may get it twice.'}
          </Text>
          {resend.isError && <Problem error={resend.error} shownElsewhere={['reason']} />}
          <Textarea
            label="Why is it sent again?"
            description="Kept, and shown with the stop."
            required
            withAsterisk={false}
            maxLength={500}
            autosize
            minRows={2}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Leave it
            </Button>
            <Button type="submit" loading={resend.isPending}>
              Send again
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
