import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { fieldErrors } from '../../parts/fieldErrors'
import { Problem } from '../../parts/Problem'
import { eventWords } from '../../parts/words'
import type { StopRef } from './useStop'

type Told = Shown['ToldByPhoneBody']

/** Lets a person record that they told a customer by phone; nothing is sent. */
export function TellByPhone({ stop, stopRef }: { stop: Shown['Stop']; stopRef: StopRef }) {
  const { mayChange } = useCompany()
  const [asking, setAsking] = useState(false)
  if (!mayChange) return null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Told by phone …
      </Button>
      {asking && <Dialog stop={stop} stopRef={stopRef} close={() => setAsking(false)} />}
    </>
  )
}

function Dialog({ stop, stopRef, close }: { stop: Shown['Stop']; stopRef: StopRef; close: () => void }) {
  const { companyId } = useCompany()
  const queries = useQueryClient()
  const form = useForm<Told>({ initialValues: { contractNumber: stop.contracts[0] ?? '', event: 'confirmed' } })
  const record = useMutation({
    mutationFn: (body: Told) =>
      answered(
        api.POST('/v1/companies/{companyId}/routes/{routeId}/stops/{stopId}/told-by-phone', {
          params: { path: { companyId, ...stopRef } },
          body,
        }),
      ),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['stop', companyId] })
      close()
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  return (
    <Modal opened onClose={close} title="Told by phone">
      <form onSubmit={form.onSubmit((told) => record.mutate(told))}>
        <Stack gap="sm">
          <Text size="sm">
            Records that you told the customer yourself, with your name and the time. Nothing is sent, and nothing that
            is to be sent changes.
          </Text>
          {record.isError && <Problem error={record.error} shownElsewhere={['contractNumber', 'event']} />}
          <NativeSelect label="Contract" data={stop.contracts} {...form.getInputProps('contractNumber')} />
          <NativeSelect
            label="Of what"
            data={Object.entries(eventWords).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps('event')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={record.isPending}>
              The customer knows
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
