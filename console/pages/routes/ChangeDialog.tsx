import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { Problem } from '../../parts/Problem'
import { count } from '../../parts/words'
import type { DayRoute } from './useDay'
import { useRouteChange } from './useRouteChange'

/** Asks before a route is un-confirmed or cancelled, and says what that does to its customers. */
export function ChangeDialog({
  route,
  change,
  close,
}: {
  route: DayRoute
  change: 'unconfirm' | 'cancel'
  close: () => void
}) {
  const mutation = useRouteChange(route, change)
  const title = change === 'cancel' ? `Cancel route ${route.name}?` : `Un-confirm route ${route.name}?`
  const waiting = count(messagesThat(route, ['planned', 'held']), 'message')
  const told = messagesThat(route, ['accepted', 'sent', 'delivered'])
  return (
    <Modal opened onClose={close} title={title}>
      <Stack gap="sm">
        <Text size="sm">
          {waiting} that wait will not be sent.{' '}
          {told === 0
            ? 'Nobody has been told yet, so nobody hears of it.'
            : change === 'cancel'
              ? 'Customers who have been told, and are still waited for, get a cancellation if that message is switched on.'
              : 'Customers who have been told hear nothing of this. Confirm again to tell the others.'}
        </Text>
        {mutation.isError && <Problem error={mutation.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Leave it as it is
          </Button>
          <Button
            color={change === 'cancel' ? 'red.8' : undefined}
            loading={mutation.isPending}
            onClick={() => mutation.mutate(undefined, { onSuccess: close })}
          >
            {change === 'cancel' ? 'Cancel the route' : 'Un-confirm'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function messagesThat({ stops }: DayRoute, statuses: readonly string[]): number {
  const all = stops.flatMap(({ messages }) => messages)
  return all.filter(({ status }) => statuses.includes(status)).reduce((sum, { count }) => sum + count, 0)
}
