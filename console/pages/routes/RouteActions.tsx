import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { useCompany } from '../../app/company'
import type { Ask, RouteQuestion } from './RouteDialog'
import type { DayRoute } from './useDay'

/** What may be done with a route as it stands; for those who may change things. */
export function RouteActions({ route, ask }: { route: DayRoute; ask: Ask }) {
  const { mayChange } = useCompany()
  const possible = possibleQuestions(route)
  if (!mayChange || possible.length === 0) return <span />
  const { routeId, name } = route
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end" data-no-print>
      {possible.includes('confirm') && (
        <Button
          size="compact-sm"
          onClick={() => ask({ routeId, what: 'confirm' })}
          aria-label={`Confirm route ${name}`}
        >
          Confirm …
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for route ${name}`}>
            ⋯
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {possible
            .filter((what) => what !== 'confirm')
            .map((what) => (
              <Menu.Item key={what} onClick={() => ask({ routeId, what })}>
                {words[what]}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

const words = { driverLink: 'Driver’s link …', unconfirm: 'Un-confirm …', cancel: 'Cancel the route …' }

function possibleQuestions({ status }: DayRoute): RouteQuestion[] {
  if (status === 'planned') return ['confirm', 'driverLink', 'cancel']
  if (status === 'confirmed') return ['driverLink', 'unconfirm', 'cancel']
  return status === 'in_progress' ? ['driverLink', 'cancel'] : []
}
