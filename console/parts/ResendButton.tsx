import { Button, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useCompany } from '../app/company'
import { answered, api, type Shown } from '../client/api'
import { FormDialog } from './FormDialog'
import { fieldErrors } from './fieldErrors'
import { useChange } from './useChange'

/** Whether a message may be sent again: it did not arrive, and nothing was planned in its place. The API has the last word. */
export function isResendable({ status, successorId, erasedAt }: Shown['Notification']): boolean {
  const isMissed = status === 'failed' || status === 'undelivered' || status === 'unknown'
  return isMissed && successorId === undefined && erasedAt === undefined
}

/** Sends a message again that did not arrive, and asks why first. */
export function ResendButton({ id, recipient }: { id: string; recipient: string }) {
  const { companyId } = useCompany()
  const [asking, setAsking] = useState(false)
  const form = useForm({ initialValues: { reason: '' } })
  const resend = useChange({
    change: (body: { reason: string }) =>
      answered(
        api.POST('/v1/companies/{companyId}/notifications/{id}/resend', {
          params: { path: { companyId, id } },
          body,
        }),
      ),
    makesOld: [
      ['notifications', companyId],
      ['not-told', companyId],
    ],
    done: () => `Planned again for ${recipient}. It is checked as every message before it goes out.`,
  })
  return (
    <div>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => setAsking(true)}
        aria-label={`Send again to ${recipient}`}
      >
        Send again …
      </Button>
      {asking && (
        <FormDialog
          title={`Send again to ${recipient}`}
          does="Send again"
          onClose={() => setAsking(false)}
          onSubmit={form.onSubmit((body) =>
            resend.mutate(body, {
              onSuccess: () => setAsking(false),
              onError: (error) => form.setErrors(fieldErrors(error)),
            }),
          )}
          pending={resend.isPending}
          error={resend.error}
          shownElsewhere={['reason']}
        >
          <Textarea
            label="Why"
            description="Kept, and shown in the explanation of the stop."
            required
            data-autofocus
            {...form.getInputProps('reason')}
          />
        </FormDialog>
      )}
    </div>
  )
}
